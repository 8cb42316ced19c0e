@NullMarked
package routes.intake;

import org.jspecify.annotations.NullMarked;
