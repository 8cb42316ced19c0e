/** Dead letters over HTTP: looking at them, replaying them, discarding them. */
@NullMarked
package routes.dashboard.letters;

import org.jspecify.annotations.NullMarked;
