/** The services of the town, what they offer and whom they call. */
@NullMarked
package routes.demo.town;

import org.jspecify.annotations.NullMarked;
