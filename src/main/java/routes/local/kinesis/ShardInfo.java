package routes.local.kinesis;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a shard besides its records.
 *
 * @param number names it: shard 3 is {@code shardId-000000000003}
 * @param created epoch milliseconds, greater than that of its parents
 * @param parent the shard it was split from, or the first of the two it was merged from
 * @param adjacentParent the second of the two it was merged from
 * @param closed epoch milliseconds; null while it takes records
 * @param endCounter of its ending sequence number, greater than that of its last record
 */
record ShardInfo(
    int number,
    BigInteger startingHashKey,
    BigInteger endingHashKey,
    long created,
    @Nullable Integer parent,
    @Nullable Integer adjacentParent,
    @Nullable Long closed,
    @Nullable Long endCounter) {

  static ShardInfo open(
      int number,
      HashKeyRange range,
      long created,
      @Nullable Integer parent,
      @Nullable Integer adjacentParent) {
    return new ShardInfo(
        number, range.start(), range.end(), created, parent, adjacentParent, null, null);
  }

  ShardInfo close(long at, long counter) {
    return new ShardInfo(
        number, startingHashKey, endingHashKey, created, parent, adjacentParent, at, counter);
  }

  static String id(int number) {
    return String.format(Locale.ROOT, "shardId-%012d", number);
  }
}
