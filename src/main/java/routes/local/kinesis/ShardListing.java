package routes.local.kinesis;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code ListShards} is to list; packed into a token, what the next one is to list.
 *
 * @param streamCreated tells the stream from another one of that name
 * @param afterShard the number of the last shard already listed; -1 if there is none
 * @param filter null for all shards
 * @param filterMillis the epoch millisecond the filter is about
 * @param issued epoch milliseconds
 */
record ShardListing(
    @JsonProperty("n") String stream,
    @JsonProperty("c") long streamCreated,
    @JsonProperty("a") int afterShard,
    @JsonProperty("f") @Nullable ShardFilterType filter,
    @JsonProperty("m") long filterMillis,
    @JsonProperty("t") long issued) {

  /** Which shards {@code ListShards} lists. */
  enum ShardFilterType {
    AFTER_SHARD_ID,
    AT_TRIM_HORIZON,
    FROM_TRIM_HORIZON,
    AT_LATEST,
    AT_TIMESTAMP,
    FROM_TIMESTAMP
  }

  private static final long LIFETIME_MILLIS = Duration.ofMinutes(5).toMillis();

  static ShardListing decode(String token, long now) {
    ShardListing listing =
        Token.decode(token, ShardListing.class)
            .orElseThrow(() -> KinesisException.invalidArgument("Invalid NextToken."));
    if (now - listing.issued > LIFETIME_MILLIS) {
      throw KinesisException.ofCaller(
          "ExpiredNextTokenException",
          "NextToken is older than %s milliseconds; list from the beginning."
              .formatted(LIFETIME_MILLIS));
    }
    return listing;
  }

  /** The token for what follows this shard. */
  String tokenAfter(int shard, long now) throws IOException {
    return Token.encode(new ShardListing(stream, streamCreated, shard, filter, filterMillis, now));
  }

  List<Shard> select(Stream of) {
    // Before the stream began there was nothing, so its first shards stand for all earlier times.
    long millis = Math.max(filterMillis, of.info().created());
    return of.shards().tailMap(afterShard, false).values().stream()
        .filter(shard -> passes(shard, millis))
        .toList();
  }

  private boolean passes(Shard shard, long millis) {
    if (filter == null) {
      return true;
    }
    return switch (filter) {
      case AFTER_SHARD_ID -> true;
      case AT_LATEST -> shard.isOpen();
      case AT_TRIM_HORIZON, AT_TIMESTAMP -> shard.wasOpenAt(millis);
      case FROM_TRIM_HORIZON, FROM_TIMESTAMP -> shard.wasOpenAfter(millis);
    };
  }
}
