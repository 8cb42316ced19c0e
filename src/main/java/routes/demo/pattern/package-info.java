/** How something goes up and down over time, as functions without state that can be combined. */
@NullMarked
package routes.demo.pattern;

import org.jspecify.annotations.NullMarked;
