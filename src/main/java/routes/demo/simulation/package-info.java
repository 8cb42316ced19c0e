/**
 * The town at work, second by second: a pure function of its data, a seed and what was asked of it.
 */
@NullMarked
package routes.demo.simulation;

import org.jspecify.annotations.NullMarked;
