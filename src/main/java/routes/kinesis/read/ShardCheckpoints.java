package routes.kinesis.read;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import routes.ledger.Checkpoint;
import routes.ledger.Checkpoints;
import routes.ledger.DeliveryBuffer;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.retry.Attempt;
import routes.retry.PeriodicTask;
import routes.retry.SteadyClock;

/**
 * The checkpoints of the shards that one consumer reads: kept up to date in the store while
 * delivery moves on, and asked when a child shard wants to know whether its parent is finished.
 */
@ThreadSafe
final class ShardCheckpoints {

  private final Checkpoints store;
  private final DeliveryBuffer buffer;
  private final Map<ShardId, ShardLedger> ledgers = new ConcurrentHashMap<>();
  private final Map<ShardId, Checkpoint> saved = new ConcurrentHashMap<>();
  private final Map<ShardId, PeriodicTask> saving = new ConcurrentHashMap<>();

  ShardCheckpoints(Checkpoints store, DeliveryBuffer buffer) {
    this.store = store;
    this.buffer = buffer;
  }

  Checkpoint load(ShardId shard) {
    Checkpoint checkpoint = store.load(shard);
    saved.put(shard, checkpoint);
    return checkpoint;
  }

  /** Opens a shard for reading; from then on its document says that something may be under way. */
  ShardLedger open(ShardId shard, Checkpoint start) {
    store.save(shard, start, false);
    ShardLedger ledger = new ShardLedger(start);
    buffer.open(ledger);
    letGo(ledgers.put(shard, ledger));
    return ledger;
  }

  /** The last checkpoint of a shard that is finished. */
  Checkpoint finished(ShardId shard) {
    Checkpoint known = saved.get(shard);
    return known != null && known.finished() ? known : load(shard);
  }

  /** Up to where the shard is delivered, according to its document. */
  Position delivered(ShardId shard) {
    return saved.getOrDefault(shard, Checkpoint.NONE).delivered();
  }

  boolean isFinished(ShardId shard) {
    Checkpoint checkpoint = saved.get(shard);
    return checkpoint != null && checkpoint.finished();
  }

  /** The accounts of a shard that is being read, or null. */
  @Nullable ShardLedger ledger(ShardId shard) {
    return ledgers.get(shard);
  }

  /** Writes the shard's last checkpoint and lets go of whatever of it is not delivered. */
  synchronized void close(ShardId shard) {
    ShardLedger ledger = ledgers.remove(shard);
    if (ledger != null) {
      // Asked first: a put that lands between the two must not make an old checkpoint a clean one.
      boolean clean = ledger.isDelivered();
      save(shard, ledger.checkpoint(), clean);
      letGo(ledger);
    }
  }

  /** Lets go of a shard that is another worker's, whose document is not to be touched any more. */
  synchronized void abandon(ShardId shard) {
    letGo(ledgers.remove(shard));
    saving.remove(shard);
  }

  /** Of a stream of which nothing is read here any more, others say how far it is. */
  void forget(String stream) {
    saved.keySet().removeIf(shard -> shard.stream().equals(stream));
  }

  /** Writes what has changed. */
  synchronized void save() {
    save(checkpoint -> true);
  }

  /** Writes down which shards are finished: what became of them waits for that. */
  synchronized void saveFinished() {
    save(Checkpoint::finished);
  }

  private void save(Predicate<Checkpoint> due) {
    ledgers.forEach(
        (shard, ledger) -> {
          Checkpoint checkpoint = ledger.checkpoint();
          if (due.test(checkpoint) && !checkpoint.isAsFarAs(saved.get(shard))) {
            save(shard, checkpoint, false);
          }
        });
  }

  /** Writes the last checkpoints and lets go of whatever is not delivered. */
  synchronized void close() {
    ledgers.keySet().forEach(this::close);
  }

  private void letGo(@Nullable ShardLedger ledger) {
    if (ledger != null) {
      ledger.abandon();
      buffer.abandon(ledger);
    }
  }

  /** The checkpoints that could not be written; after a crash more would be read again. */
  List<Attempt> failing() {
    return saving.values().stream().flatMap(task -> task.failing().stream()).toList();
  }

  private void save(ShardId shard, Checkpoint checkpoint, boolean clean) {
    saving
        .computeIfAbsent(shard, id -> new PeriodicTask(SteadyClock.OF_PROCESS))
        .run(
            "save the checkpoint of " + shard,
            () -> {
              store.save(shard, checkpoint, clean);
              saved.put(shard, checkpoint);
            });
  }
}
