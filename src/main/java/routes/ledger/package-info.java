/**
 * What of each shard is safely in the lake. The core is pure: a {@link routes.ledger.ShardLedger}
 * follows one shard and yields {@link routes.ledger.Checkpoint}s, which {@link
 * routes.ledger.CheckpointStore} keeps in the state bucket. A checkpoint follows the objects, never
 * leads them, so a late or stale one costs re-reading and nothing else.
 *
 * <p>The words: a <em>position</em> is where a log record stands in its shard; a <em>group</em> is
 * one service and hour of one shard, whose objects form a chain; a record is <em>taken</em> when it
 * has joined the open batch of its group, and <em>delivered</em> when its object is in the lake. Of
 * what lies <em>beyond</em> the checkpoint's position, some groups are delivered further than
 * others.
 */
@NullMarked
package routes.ledger;

import org.jspecify.annotations.NullMarked;
