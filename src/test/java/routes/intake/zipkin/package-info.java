@NullMarked
package routes.intake.zipkin;

import org.jspecify.annotations.NullMarked;
