/** The streams, their shards and the records on them. */
@NullMarked
package routes.dashboard.streams;

import org.jspecify.annotations.NullMarked;
