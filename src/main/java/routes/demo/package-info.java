/**
 * A simulated town of services that fills the lake with logs, metrics and traces which agree, and
 * with anomalies whose truth is known. Off unless it is asked for.
 */
@NullMarked
package routes.demo;

import org.jspecify.annotations.NullMarked;
