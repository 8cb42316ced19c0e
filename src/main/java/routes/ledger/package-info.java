/**
 * What of each shard is safely in the lake. The core is pure: a {@link routes.ledger.ShardLedger}
 * follows one shard and yields {@link routes.ledger.Checkpoint}s, which {@link
 * routes.ledger.CheckpointStore} keeps in the state bucket. A checkpoint follows the objects, never
 * leads them, so a late or stale one costs re-reading and nothing else.
 */
@NullMarked
package routes.ledger;

import org.jspecify.annotations.NullMarked;
