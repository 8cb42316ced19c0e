/** Zipkin's second format of spans, as JSON over HTTP. */
@NullMarked
package routes.intake.zipkin;

import org.jspecify.annotations.NullMarked;
