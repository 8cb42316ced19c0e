/** Tests of how timestamps are read. */
@NullMarked
package routes.signal.time;

import org.jspecify.annotations.NullMarked;
