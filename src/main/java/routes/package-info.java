/** The application: its settings and its wiring. Everything else lives in the packages below. */
@NullMarked
package routes;

import org.jspecify.annotations.NullMarked;
