package routes.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Kinesis has acknowledged of one stream, by shard and by hour of arrival. Hours are whole
 * ones since 1970-01-01T00:00Z. Not thread-safe.
 */
public final class Receipts {

  private final TreeMap<String, TreeMap<Long, Count>> shards = new TreeMap<>();

  /**
   * What was acknowledged about an hour. Only Kinesis knows when a record arrived, and clocks
   * differ.
   *
   * @param within records that arrived in this hour
   * @param edge records that arrived at its end: in this hour or the next
   * @param last the largest of their sequence numbers
   */
  public record Count(long within, long edge, String last) {

    Count plus(Count more) {
      boolean later = Position.endOf(more.last).isAfter(Position.endOf(last));
      return new Count(within + more.within, edge + more.edge, later ? more.last : last);
    }
  }

  public Receipts() {}

  @JsonCreator
  Receipts(Map<String, Map<Long, Count>> shards) {
    shards.forEach((shard, hours) -> this.shards.put(shard, new TreeMap<>(hours)));
  }

  public void add(String shard, long hour, Count count) {
    shards.computeIfAbsent(shard, none -> new TreeMap<>()).merge(hour, count, Count::plus);
  }

  public void addAll(Receipts more) {
    more.shards.forEach((shard, hours) -> hours.forEach((hour, count) -> add(shard, hour, count)));
  }

  /** The hours of each shard. */
  @JsonValue
  public Map<String, ? extends SortedMap<Long, Count>> byShard() {
    return shards;
  }
}
