/**
 * The promise under fire: the real jar, killed, paused and cut off from its cloud while it works,
 * and afterwards every record exactly once in the lake. {@link routes.faults.FaultsIT} lists the
 * promises; the other classes make the load, the trouble and the reckoning.
 */
@NullMarked
package routes.faults;

import org.jspecify.annotations.NullMarked;
