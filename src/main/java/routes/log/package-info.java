/**
 * How the app's own log is written as text: an event that somebody else's words are in stays one.
 */
@NullMarked
package routes.log;

import org.jspecify.annotations.NullMarked;
