package routes.local.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations on shards: listing, splitting, merging, scaling. */
final class ShardOperations {

  private static final int MAX_PAGE = 10_000;
  private static final int DEFAULT_PAGE = 1000;
  private static final int MAX_TOKEN_CHARACTERS = 1 << 20;

  private final Streams streams;
  private final Account account;
  private final Clock clock;

  ShardOperations(Streams streams, Account account, Clock clock) {
    this.streams = streams;
    this.account = account;
    this.clock = clock;
  }

  void listShards(Request request, Answer answer) throws IOException {
    int pageSize = request.integer("MaxResults", 1, MAX_PAGE, DEFAULT_PAGE);
    ShardListing listing = listing(request);
    Stream stream = streams.get(listing.stream());
    if (stream.info().created() != listing.streamCreated()) {
      throw KinesisException.streamNotFound(stream.name());
    }
    List<Shard> selected = listing.select(stream);
    List<Shard> page = selected.subList(0, Math.min(pageSize, selected.size()));
    JsonGenerator out = answer.out();
    out.writeStartObject();
    out.writeArrayFieldStart("Shards");
    for (Shard shard : page) {
      ShardWriter.write(out, shard);
    }
    out.writeEndArray();
    if (page.size() < selected.size()) {
      int last = page.get(page.size() - 1).info().number();
      out.writeStringField("NextToken", listing.tokenAfter(last, clock.millis()));
    }
    out.writeEndObject();
  }

  private ShardListing listing(Request request) throws IOException {
    String token = request.string("NextToken");
    if (token == null) {
      return firstListing(request);
    }
    Constraints.length("nextToken", token, 1, MAX_TOKEN_CHARACTERS);
    if (request.string("StreamName") != null || request.string("StreamARN") != null) {
      throw KinesisException.invalidArgument(
          "NextToken and StreamName cannot be provided together.");
    }
    return ShardListing.decode(token, clock.millis());
  }

  private ShardListing firstListing(Request request) throws IOException {
    Stream stream = streams.get(request.streamName());
    long now = clock.millis();
    String after = request.identifier("ExclusiveStartShardId");
    Request filter = request.structure("ShardFilter");
    ShardListing.ShardFilterType type = null;
    long millis = stream.horizon(now);
    if (filter != null) {
      type =
          Constraints.required(
              "shardFilter.type", filter.oneOf("Type", ShardListing.ShardFilterType.class));
      switch (type) {
        case AFTER_SHARD_ID ->
            after = Constraints.required("shardFilter.shardId", filter.identifier("ShardId"));
        case AT_TIMESTAMP, FROM_TIMESTAMP ->
            millis =
                Math.max(
                    millis,
                    Constraints.required("shardFilter.timestamp", filter.timestamp("Timestamp")));
        default -> {}
      }
    }
    int afterNumber = after == null ? -1 : ShardIds.number(stream, after);
    return new ShardListing(stream.name(), stream.info().created(), afterNumber, type, millis, now);
  }

  void splitShard(Request request, Answer answer) throws IOException {
    String shardId = request.requiredIdentifier("ShardToSplit");
    BigInteger start =
        HashKeys.parse("NewStartingHashKey", request.requiredString("NewStartingHashKey"));
    Stream stream = streams.get(request.streamName());
    Shard shard = openShard(stream, shardId);
    HashKeyRange range = shard.range();
    if (start.compareTo(range.start().add(BigInteger.ONE)) <= 0
        || start.compareTo(range.end()) >= 0) {
      throw KinesisException.invalidArgument(
          ("NewStartingHashKey %s used in SplitShard() on shard %s in stream %s under account %s is"
                  + " not both greater than one plus the shard's StartingHashKey %s and less than"
                  + " the shard's EndingHashKey %s.")
              .formatted(start, shard.id(), stream.name(), Account.ID, range.start(), range.end()));
    }
    streams.split(stream, shard, start);
  }

  void mergeShards(Request request, Answer answer) throws IOException {
    String shardId = request.requiredIdentifier("ShardToMerge");
    String adjacentId = request.requiredIdentifier("AdjacentShardToMerge");
    Stream stream = streams.get(request.streamName());
    Shard shard = openShard(stream, shardId);
    Shard adjacent = openShard(stream, adjacentId);
    if (shard.range().isFollowedBy(adjacent.range())) {
      streams.merge(stream, shard, adjacent);
    } else {
      throw KinesisException.invalidArgument(
          ("Shards %s and %s in stream %s under account %s are not an adjacent pair of shards"
                  + " eligible for merging")
              .formatted(shard.id(), adjacent.id(), stream.name(), Account.ID));
    }
  }

  private static Shard openShard(Stream stream, String shardId) {
    Shard shard = ShardIds.find(stream, shardId);
    if (!shard.isOpen()) {
      throw KinesisException.invalidArgument(
          "Shard %s in stream %s under account %s is closed."
              .formatted(shard.id(), stream.name(), Account.ID));
    }
    return shard;
  }

  void updateShardCount(Request request, Answer answer) throws IOException {
    int target = request.requiredInteger("TargetShardCount", 1, Integer.MAX_VALUE);
    Constraints.required("scalingType", request.oneOf("ScalingType", ScalingType.class));
    Stream stream = streams.get(request.streamName());
    int current = stream.openShards().size();
    checkScale(current, target);
    streams.scale(stream, target);
    JsonGenerator out = answer.out();
    out.writeStartObject();
    out.writeStringField("StreamName", stream.name());
    out.writeStringField("StreamARN", account.arnOf(stream.name()));
    out.writeNumberField("CurrentShardCount", current);
    out.writeNumberField("TargetShardCount", target);
    out.writeEndObject();
  }

  /** AWS: to no more than twice and no less than half the shards there are. */
  private static void checkScale(int current, int target) {
    @Nullable String what = null;
    if (target > 2 * current) {
      what = "up over double";
    } else if (2 * target < current) {
      what = "down below half";
    }
    if (what != null) {
      throw KinesisException.limitExceeded(
          ("UpdateShardCount cannot scale %s your current open shard count. Current open shard"
                  + " count: %s Target shard count: %s")
              .formatted(what, current, target));
    }
  }

  /** The one way AWS offers to scale: to shards of equal width. */
  private enum ScalingType {
    UNIFORM_SCALING
  }
}
