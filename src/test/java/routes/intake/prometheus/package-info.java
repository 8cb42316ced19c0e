@NullMarked
package routes.intake.prometheus;

import org.jspecify.annotations.NullMarked;
