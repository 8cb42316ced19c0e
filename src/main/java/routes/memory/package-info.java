/** Bounds on what is held in memory at a time. Imports nobody. */
@NullMarked
package routes.memory;

import org.jspecify.annotations.NullMarked;
