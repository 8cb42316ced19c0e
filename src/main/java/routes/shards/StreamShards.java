package routes.shards;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import routes.ledger.ShardId;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * The shards that a stream has at one moment, open ones and closed ones that still hold records.
 */
record StreamShards(String stream, Instant created, List<Shard> shards) {

  static StreamShards list(KinesisClient kinesis, String stream) {
    Instant created =
        kinesis
            .describeStreamSummary(describe -> describe.streamName(stream))
            .streamDescriptionSummary()
            .streamCreationTimestamp();
    List<Shard> shards = new ArrayList<>();
    ListShardsResponse page = kinesis.listShards(list -> list.streamName(stream));
    shards.addAll(page.shards());
    while (page.nextToken() != null) {
      String token = page.nextToken();
      page = kinesis.listShards(list -> list.nextToken(token));
      shards.addAll(page.shards());
    }
    return new StreamShards(stream, created, List.copyOf(shards));
  }

  List<ShardId> ids() {
    return shards.stream().map(shard -> id(shard.shardId())).toList();
  }

  /**
   * The shards that must be finished before this one is read. A parent no longer listed is gone.
   */
  List<ShardId> parents(ShardId child) {
    return shards.stream()
        .filter(shard -> shard.shardId().equals(child.shard()))
        .flatMap(shard -> Stream.of(shard.parentShardId(), shard.adjacentParentShardId()))
        .filter(Objects::nonNull)
        .map(this::id)
        .filter(ids()::contains)
        .toList();
  }

  /** The parents, their parents and so on, as far as they are listed; the oldest first. */
  List<ShardId> ancestors(ShardId child) {
    Set<ShardId> ancestors = new LinkedHashSet<>();
    for (ShardId parent : parents(child)) {
      ancestors.addAll(ancestors(parent));
      ancestors.add(parent);
    }
    return List.copyOf(ancestors);
  }

  private ShardId id(String shard) {
    return new ShardId(stream, created, shard);
  }
}
