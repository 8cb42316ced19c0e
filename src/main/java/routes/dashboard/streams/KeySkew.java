package routes.dashboard.streams;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import routes.http.api.Request;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;

/** How evenly the last minutes' records lie on the shards, and which keys they have. */
@ThreadSafe
public final class KeySkew {

  private static final int MAX_SHARDS = 32;
  private static final int MAX_KEYS = 20_000;
  private static final int SHOWN_KEYS = 20;

  private final KinesisClient kinesis;
  private final InstantSource clock;

  public KeySkew(KinesisClient kinesis, InstantSource clock) {
    this.kinesis = kinesis;
    this.clock = clock;
  }

  /**
   * What was read.
   *
   * @param since how far back was read
   * @param complete whether it is all there was; else it is some of it, from all of the time
   * @param distinctKeys how many keys there were, at least
   * @param keys the most frequent ones
   */
  record Skew(
      Instant since,
      boolean complete,
      long records,
      long bytes,
      int distinctKeys,
      List<Part> shards,
      List<Part> keys) {}

  /**
   * The part of a shard or a key.
   *
   * @param share of all records read, 0 to 1
   */
  record Part(String name, long records, long bytes, double share) {}

  private static final class Count {
    long records;
    long bytes;

    void add(Record record) {
      records++;
      bytes += record.data().asByteArrayUnsafe().length;
    }
  }

  /** Reads the last minutes of every open shard, or as much of them as a few calls give. */
  public Object measure(Request request) {
    String stream = request.path("name");
    int minutes = request.integer("minutes", 5, 1, 60);
    Instant now = clock.instant();
    Instant since = now.minus(Duration.ofMinutes(minutes));
    Map<String, Count> shards = new HashMap<>();
    Map<String, Count> keys = new HashMap<>();
    RecentRecords recent = RecentRecords.of(kinesis, stream, since, now, MAX_SHARDS);
    recent.shards().forEach(shard -> shards.put(shard, new Count()));
    boolean complete =
        recent.read(
            (shard, record) -> {
              shards.computeIfAbsent(shard, name -> new Count()).add(record);
              if (keys.size() < MAX_KEYS || keys.containsKey(record.partitionKey())) {
                keys.computeIfAbsent(record.partitionKey(), key -> new Count()).add(record);
              }
            });
    long records = shards.values().stream().mapToLong(count -> count.records).sum();
    long bytes = shards.values().stream().mapToLong(count -> count.bytes).sum();
    return new Skew(
        since,
        complete,
        records,
        bytes,
        keys.size(),
        parts(shards, records, MAX_SHARDS),
        parts(keys, records, SHOWN_KEYS));
  }

  private static List<Part> parts(Map<String, Count> counts, long all, int shown) {
    return counts.entrySet().stream()
        .map(
            entry ->
                new Part(
                    entry.getKey(),
                    entry.getValue().records,
                    entry.getValue().bytes,
                    all == 0 ? 0 : (double) entry.getValue().records / all))
        .sorted(Comparator.comparingLong(Part::records).reversed().thenComparing(Part::name))
        .limit(shown)
        .toList();
  }
}
