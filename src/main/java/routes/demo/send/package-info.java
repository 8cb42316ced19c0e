/** The way of what was simulated to an intake, over HTTP. */
@NullMarked
package routes.demo.send;

import org.jspecify.annotations.NullMarked;
