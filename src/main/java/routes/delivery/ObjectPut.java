package routes.delivery;

import java.time.Instant;
import routes.ledger.ShardId;
import routes.retry.SteadyClock;
import routes.signal.Layer;

/**
 * An object on its way into the lake.
 *
 * @param layer whose object it is
 * @param group the partition it goes to
 * @param since when its batch's turn came, by a {@link SteadyClock}
 */
public record ObjectPut(Layer layer, ShardId shard, String group, Instant since) {

  static ObjectPut of(Batch batch) {
    return new ObjectPut(
        batch.lake().layer(), batch.shard(), batch.group(), SteadyClock.OF_PROCESS.instant());
  }
}
