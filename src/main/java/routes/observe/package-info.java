/**
 * What an operator sees of the pipeline: meters for Prometheus, and checks that say with a reason
 * why something does not move. Reads the other packages and changes nothing.
 */
@NullMarked
package routes.observe;

import org.jspecify.annotations.NullMarked;
