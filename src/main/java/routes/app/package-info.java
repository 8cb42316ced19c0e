/** What the app is made of: parts that wire themselves, and Camel Main that runs the routes. */
@NullMarked
package routes.app;

import org.jspecify.annotations.NullMarked;
