package routes.shards;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.ledger.Checkpoint;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;

/**
 * The checkpoints of the shards that one consumer reads: kept up to date in the store while
 * delivery moves on, and asked when a child shard wants to know whether its parent is finished.
 * Thread-safe.
 */
final class ShardCheckpoints {

  private static final Logger LOG = LoggerFactory.getLogger(ShardCheckpoints.class);

  private final CheckpointStore store;
  private final DeliveryBuffer buffer;
  private final Map<ShardId, ShardLedger> ledgers = new ConcurrentHashMap<>();
  private final Map<ShardId, Checkpoint> saved = new ConcurrentHashMap<>();

  ShardCheckpoints(CheckpointStore store, DeliveryBuffer buffer) {
    this.store = store;
    this.buffer = buffer;
  }

  Checkpoint load(ShardId shard) {
    Checkpoint checkpoint = store.load(shard);
    saved.put(shard, checkpoint);
    return checkpoint;
  }

  ShardLedger open(ShardId shard, Checkpoint start) {
    ShardLedger ledger = new ShardLedger(start);
    buffer.open(ledger);
    ledgers.put(shard, ledger);
    return ledger;
  }

  boolean isFinished(ShardId shard) {
    Checkpoint checkpoint = saved.get(shard);
    return checkpoint != null && checkpoint.finished();
  }

  /**
   * Writes what has changed. A checkpoint that cannot be written is only late: it is tried again.
   */
  synchronized void save() {
    ledgers.forEach(
        (shard, ledger) -> {
          Checkpoint checkpoint = ledger.checkpoint();
          if (checkpoint.equals(saved.get(shard))) {
            return;
          }
          try {
            store.save(shard, checkpoint);
            saved.put(shard, checkpoint);
          } catch (RuntimeException late) {
            LOG.warn("The checkpoint of {} is late: {}", shard, late.getMessage());
          }
        });
  }

  /** Writes the last checkpoints and lets go of whatever is not delivered. */
  void close() {
    save();
    ledgers
        .values()
        .forEach(
            ledger -> {
              ledger.abandon();
              buffer.abandon(ledger);
            });
    ledgers.clear();
  }
}
