package routes.kinesis.read;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A reader at work on a thread of its own. */
record ShardReading(SourceShard shard, ShardReader reader, Thread thread) {

  private static final long BETWEEN_EXCHANGES_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long INTERRUPTED_NANOS = TimeUnit.SECONDS.toNanos(4);

  /**
   * Ends them, each between two exchanges, or in the middle of one that takes more than a second.
   *
   * @return those that are still busy after five seconds; what they are busy with will be read
   *     again
   */
  static List<ShardReading> stop(Collection<ShardReading> readings) throws InterruptedException {
    readings.forEach(reading -> reading.reader.end());
    List<ShardReading> slow = stillBusy(readings, BETWEEN_EXCHANGES_NANOS);
    slow.forEach(reading -> reading.thread.interrupt());
    return stillBusy(slow, INTERRUPTED_NANOS);
  }

  private static List<ShardReading> stillBusy(Collection<ShardReading> readings, long nanos)
      throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (ShardReading reading : readings) {
      reading.thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }
    return readings.stream().filter(reading -> reading.thread.isAlive()).toList();
  }
}
