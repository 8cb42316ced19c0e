@NullMarked
package routes.intake.otlp;

import org.jspecify.annotations.NullMarked;
