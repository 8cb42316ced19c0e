package routes.delivery;

import java.time.Instant;
import routes.ledger.ShardId;

/**
 * An object on its way into the lake.
 *
 * @param group the partition it goes to
 * @param since when its batch's turn came
 */
public record ObjectPut(ShardId shard, String group, Instant since) {

  static ObjectPut of(Batch batch) {
    return new ObjectPut(batch.shard(), batch.group(), Instant.now());
  }
}
