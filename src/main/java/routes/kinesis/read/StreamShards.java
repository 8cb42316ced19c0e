package routes.kinesis.read;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import routes.ledger.ShardId;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/**
 * The shards that a stream has at one moment, open ones and closed ones that still hold records, by
 * their names and as Kinesis lists them.
 *
 * @param retention for how long the stream keeps records
 */
record StreamShards(String stream, Instant created, Duration retention, Map<String, Shard> shards) {

  static StreamShards list(KinesisClient kinesis, String stream) {
    StreamDescriptionSummary description =
        kinesis
            .describeStreamSummary(describe -> describe.streamName(stream))
            .streamDescriptionSummary();
    Map<String, Shard> shards = new LinkedHashMap<>();
    ListShardsResponse page = kinesis.listShards(list -> list.streamName(stream));
    page.shards().forEach(shard -> shards.put(shard.shardId(), shard));
    while (page.nextToken() != null) {
      String token = page.nextToken();
      page = kinesis.listShards(list -> list.nextToken(token));
      page.shards().forEach(shard -> shards.put(shard.shardId(), shard));
    }
    return new StreamShards(
        stream,
        description.streamCreationTimestamp(),
        Duration.ofHours(description.retentionPeriodHours()),
        shards);
  }

  List<SourceShard> all() {
    return shards.values().stream().map(this::source).toList();
  }

  boolean has(Set<String> names) {
    return shards.keySet().containsAll(names);
  }

  /** The shards that a closed one was split or merged into, as far as they are listed. */
  List<Shard> children(SourceShard parent) {
    String name = parent.id().shard();
    return shards.values().stream()
        .filter(
            shard ->
                name.equals(shard.parentShardId()) || name.equals(shard.adjacentParentShardId()))
        .toList();
  }

  /**
   * The shards that must be finished before this one is read. A parent no longer listed is gone.
   */
  List<SourceShard> parents(SourceShard child) {
    Shard shard = Objects.requireNonNull(shards.get(child.id().shard()));
    return Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
        .map(shards::get)
        .filter(Objects::nonNull)
        .map(this::source)
        .toList();
  }

  /** The parents, their parents and so on, as far as they are listed; the oldest first. */
  List<SourceShard> ancestors(SourceShard child) {
    Set<SourceShard> ancestors = new LinkedHashSet<>();
    addAncestors(child, ancestors);
    return List.copyOf(ancestors);
  }

  private void addAncestors(SourceShard child, Set<SourceShard> ancestors) {
    for (SourceShard parent : parents(child)) {
      if (!ancestors.contains(parent)) {
        addAncestors(parent, ancestors);
        ancestors.add(parent);
      }
    }
  }

  private SourceShard source(Shard shard) {
    return new SourceShard(
        new ShardId(stream, created, shard.shardId()), HashRange.of(shard.hashKeyRange()));
  }
}
