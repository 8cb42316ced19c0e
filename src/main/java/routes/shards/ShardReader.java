package routes.shards;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.ledger.Checkpoint;
import routes.ledger.DeliveryBuffer;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Reads one shard from its checkpoint to its end and gives what it reads to the route, one exchange
 * after the other, each again and again until the route takes it.
 */
final class ShardReader implements Runnable {

  /** Takes the records of one read; returning normally means that they are in the route's care. */
  interface Route {
    void take(ShardRecords records) throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger(ShardReader.class);

  private final ShardId shard;
  private final KinesisClient kinesis;
  private final ShardCheckpoints checkpoints;
  private final DeliveryBuffer buffer;
  private final int batchSize;
  private final long pollInterval;
  private final Route route;
  private final Backoff backoff = new Backoff();
  private volatile @Nullable String trouble;

  ShardReader(
      ShardId shard,
      KinesisClient kinesis,
      ShardCheckpoints checkpoints,
      DeliveryBuffer buffer,
      int batchSize,
      long pollInterval,
      Route route) {
    this.shard = shard;
    this.kinesis = kinesis;
    this.checkpoints = checkpoints;
    this.buffer = buffer;
    this.batchSize = batchSize;
    this.pollInterval = pollInterval;
    this.route = route;
  }

  @Override
  public void run() {
    try {
      Checkpoint start = untilDone("load the checkpoint", () -> checkpoints.load(shard));
      if (start.finished()) {
        return;
      }
      read(checkpoints.ledger(shard, start), start.delivered());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(ShardLedger ledger, Position from) throws InterruptedException {
    ShardCursor cursor = new ShardCursor(kinesis, shard, from, batchSize);
    while (true) {
      buffer.awaitRoom();
      ShardRead read = untilDone("read", cursor::read);
      if (!read.records().isEmpty()) {
        ShardRecords records = new ShardRecords(shard, ledger, read.records());
        untilDone("deliver", () -> take(records));
        ledger.readTo(Position.endOf(lastOf(read).sequenceNumber()));
      }
      if (read.end()) {
        ledger.close();
        return;
      }
      if (!read.behind()) {
        Thread.sleep(pollInterval);
      }
    }
  }

  /** What keeps this shard from moving on, or null while it moves. */
  @Nullable String trouble() {
    return trouble;
  }

  private boolean take(ShardRecords records) throws Exception {
    route.take(records);
    return true;
  }

  private static ShardRecord lastOf(ShardRead read) {
    return read.records().get(read.records().size() - 1);
  }

  private <T> T untilDone(String what, Callable<T> attempt) throws InterruptedException {
    while (true) {
      try {
        T result = attempt.call();
        backoff.reset();
        trouble = null;
        return result;
      } catch (InterruptedException stopped) {
        throw stopped;
      } catch (Exception failure) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        trouble = "cannot %s %s: %s".formatted(what, shard, failure.getMessage());
        LOG.warn("Trying again: {}", trouble);
        backoff.pause();
      }
    }
  }
}
