package routes.shards;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;

/** How a worker parts with a shard that it is to read no longer. */
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
   * Delivers what is open, as far as ten seconds allow, and writes down how far the shard is
   * delivered: the next worker has nothing to read again.
   *
   * @throws InterruptedException when the process stops, which delivers what is left
   */
  void handOver(ShardReading reading) throws InterruptedException {
    ShardId shard = reading.shard().id();
    stop(reading);
    closeGroups.accept(shard);
    boolean delivered = awaitDelivery(checkpoints.ledger(shard));
    checkpoints.close(shard);
    LOG.info("Handed over {}, {}", shard, delivered ? "all delivered" : "unfinished");
  }

  /** Drops what is open: another worker has the shard and delivers that. */
  void abandon(ShardReading reading) throws InterruptedException {
    ShardId shard = reading.shard().id();
    try {
      stop(reading);
    } finally {
      checkpoints.abandon(shard);
      closeGroups.accept(shard);
    }
    LOG.info("Let go of {}", shard);
  }

  private static void stop(ShardReading reading) throws InterruptedException {
    for (ShardReading busy : ShardReading.stop(List.of(reading))) {
      LOG.warn("The reader of {} is still busy: it is left to itself", busy.shard());
    }
  }

  private static boolean awaitDelivery(@Nullable ShardLedger ledger) throws InterruptedException {
    long deadline = System.nanoTime() + DELIVER_NANOS;
    while (ledger != null && !ledger.isDelivered() && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_MILLIS);
    }
    return ledger == null || ledger.isDelivered();
  }
}
