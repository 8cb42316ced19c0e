package routes.kinesis.read;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;

/** How a worker parts with shards that it is to read no longer, with all of them at once. */
final class ShardRelease {

  private static final Logger LOG = LoggerFactory.getLogger(ShardRelease.class);
  private static final long DELIVER_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_MILLIS = 20;

  private final ShardCheckpoints checkpoints;
  private final Consumer<ShardId> closeGroups;

  /**
   * @param closeGroups sends whatever is open of a shard on its way
   */
  ShardRelease(ShardCheckpoints checkpoints, Consumer<ShardId> closeGroups) {
    this.checkpoints = checkpoints;
    this.closeGroups = closeGroups;
  }

  /**
   * Delivers what is open of them, as far as ten seconds allow, and writes down how far each is
   * delivered: the next worker has nothing to read again.
   *
   * @throws InterruptedException when the process stops, which delivers what is left
   */
  void handOver(Collection<ShardReading> readings) throws InterruptedException {
    stop(readings);
    readings.forEach(reading -> closeGroups.accept(reading.shard().id()));
    long deadline = System.nanoTime() + DELIVER_NANOS;
    for (ShardReading reading : readings) {
      ShardId shard = reading.shard().id();
      boolean delivered = awaitDelivery(checkpoints.ledger(shard), deadline);
      checkpoints.close(shard);
      LOG.info("Handed over {}, {}", shard, delivered ? "all delivered" : "unfinished");
    }
  }

  /** Drops what is open of them: other workers have these shards and deliver that. */
  void abandon(Collection<ShardReading> readings) throws InterruptedException {
    try {
      stop(readings);
    } finally {
      for (ShardReading reading : readings) {
        ShardId shard = reading.shard().id();
        checkpoints.abandon(shard);
        closeGroups.accept(shard);
        LOG.info("Let go of {}", shard);
      }
    }
  }

  private static void stop(Collection<ShardReading> readings) throws InterruptedException {
    for (ShardReading busy : ShardReading.stop(readings)) {
      LOG.warn("The reader of {} is still busy: it is left to itself", busy.shard());
    }
  }

  private static boolean awaitDelivery(@Nullable ShardLedger ledger, long deadline)
      throws InterruptedException {
    while (ledger != null && !ledger.isDelivered() && deadline - System.nanoTime() > 0) {
      Thread.sleep(LOOK_MILLIS);
    }
    return ledger == null || ledger.isDelivered();
  }
}
