/** The Camel routes and the health checks, as they are while they run. */
@NullMarked
package routes.dashboard.pipeline;

import org.jspecify.annotations.NullMarked;
