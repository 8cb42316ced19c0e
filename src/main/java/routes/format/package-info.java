/** How the records of an object are written down, and how their lines are found in it again. */
@NullMarked
package routes.format;

import org.jspecify.annotations.NullMarked;
