/** Zipkin's second format of spans, as JSON over HTTP. */
@NullMarked
package routes.ingest.zipkin;

import org.jspecify.annotations.NullMarked;
