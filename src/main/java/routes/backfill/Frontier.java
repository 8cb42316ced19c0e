package routes.backfill;

import routes.ledger.Position;
import routes.ledger.ShardId;

/** Up to where the batch layer will deliver nothing any more. */
interface Frontier {

  /**
   * The last place in a shard that is passed for a group; a later answer is never an earlier one.
   */
  Position passed(ShardId shard, String group) throws InterruptedException;
}
