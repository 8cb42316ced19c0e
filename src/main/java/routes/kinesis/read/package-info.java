/**
 * The Camel component {@code kinesis-shards:stream}: reads every shard of a stream in order,
 * parents before children, one exchange per read, and goes on after a restart where the ledger says
 * that delivery stopped. A failed exchange is given to the route again; nothing is skipped.
 */
@NullMarked
package routes.kinesis.read;

import org.jspecify.annotations.NullMarked;
