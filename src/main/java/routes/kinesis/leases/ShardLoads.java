package routes.kinesis.leases;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.kinesis.leases.LeaseStatsRecorder;
import software.amazon.kinesis.leases.LeaseStatsRecorder.LeaseStats;

/**
 * How much work each shard is, for the Kinesis Client Library to spread evenly: the bytes read of
 * it, averaged over about half a minute, and a little for having it at all. The library adds up
 * what it was told within a second or so and would find steps where there are none; so each second
 * is told in advance and in slices. To be run every second.
 */
final class ShardLoads implements Runnable {

  static final long EVERY_MILLIS = 1_000;

  private static final double NEWEST_SHARE = 1.0 / 30;
  private static final int SLICES = 20;

  /** A tenth of what a shard takes in a second. */
  private static final double IDLE_BYTES = 100_000;

  private final Set<String> held;
  private final LeaseStatsRecorder recorder;
  private final Map<String, LongAdder> read = new ConcurrentHashMap<>();
  private final Map<String, Double> averages = new ConcurrentHashMap<>();

  /**
   * @param held the shards' names, as they are at any time
   */
  ShardLoads(Set<String> held, LeaseStatsRecorder recorder) {
    this.held = held;
    this.recorder = recorder;
  }

  void add(String shard, long bytes) {
    read.computeIfAbsent(shard, name -> new LongAdder()).add(bytes);
  }

  @Override
  public void run() {
    read.keySet().retainAll(held);
    averages.keySet().retainAll(held);
    long now = System.currentTimeMillis();
    for (String shard : held) {
      double bytes = read.computeIfAbsent(shard, name -> new LongAdder()).sumThenReset();
      double average = averages.getOrDefault(shard, bytes);
      average += NEWEST_SHARE * (bytes - average);
      averages.put(shard, average);
      tell(shard, average + IDLE_BYTES, now);
    }
  }

  private void tell(String shard, double bytes, long from) {
    for (int slice = 0; slice < SLICES; slice++) {
      recorder.recordStats(
          LeaseStats.builder()
              .leaseKey(shard)
              .bytes(Math.round(bytes / SLICES))
              .creationTimeMillis(from + slice * EVERY_MILLIS / SLICES)
              .build());
    }
  }
}
