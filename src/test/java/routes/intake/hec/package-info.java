@NullMarked
package routes.intake.hec;

import org.jspecify.annotations.NullMarked;
