package routes.kinesis.leases;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kinesis.read.ShardAssignment;
import routes.ledger.Position;
import routes.retry.Attempt;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** The shards whose leases this worker holds. */
@ThreadSafe
final class HeldShards implements ShardAssignment {

  static final Logger LOG = LoggerFactory.getLogger(HeldShards.class);

  private final String stream;
  private final Supplier<List<Attempt>> failing;
  private final Map<String, HeldShard> held = new ConcurrentHashMap<>();
  private final Map<String, HeldShard> leaving = new ConcurrentHashMap<>();
  private final Map<String, String> delivered = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<List<ChildShard>>> ends = new ConcurrentHashMap<>();
  private volatile Runnable changed = () -> {};

  private volatile ObjLongConsumer<String> load = (shard, bytes) -> {};

  /**
   * @param failing what keeps this worker from getting leases, at any time
   */
  HeldShards(String stream, Supplier<List<Attempt>> failing) {
    this.stream = stream;
    this.failing = failing;
  }

  /** The names, as they are at any time. */
  Set<String> names() {
    return held.keySet();
  }

  /** What to tell how many bytes were read of a shard. */
  void whenRead(ObjLongConsumer<String> loads) {
    load = loads;
  }

  void add(HeldShard shard) {
    LOG.info("Got the lease of {}", shard.shard());
    held.put(shard.shard(), shard);
    changed.run();
  }

  /** Answers whether the shard was held until now. */
  boolean remove(HeldShard shard) {
    boolean was = held.get(shard.shard()) == shard;
    if (was) {
      leaving.put(shard.shard(), shard);
      held.remove(shard.shard(), shard);
      changed.run();
    }
    return was;
  }

  /** Up to which sequence number the shard is delivered, or nothing while none is. */
  Optional<String> delivered(String shard) {
    return Optional.ofNullable(delivered.get(shard));
  }

  /** Done once all of the shard is in the lake. */
  CompletableFuture<List<ChildShard>> end(String shard) {
    return ends.computeIfAbsent(shard, name -> new CompletableFuture<>());
  }

  @Override
  public Optional<Set<String>> shards(String asked) {
    if (!asked.equals(stream)) {
      throw new IllegalArgumentException(
          "With SHARD_COORDINATION=kcl only KINESIS_STREAM_NAME=%s can be read, not %s"
              .formatted(stream, asked));
    }
    return Optional.of(Set.copyOf(held.keySet()));
  }

  @Override
  public List<Attempt> failing() {
    return failing.get();
  }

  @Override
  public void whenChanged(Runnable look) {
    changed = look;
  }

  @Override
  public boolean isHandedOver(String shard) {
    HeldShard gone = leaving.get(shard);
    return gone != null && gone.isHandedOver();
  }

  @Override
  public void settled(Set<String> reading) {
    for (HeldShard gone : List.copyOf(leaving.values())) {
      if (!reading.contains(gone.shard()) && leaving.remove(gone.shard(), gone)) {
        gone.released();
      }
    }
  }

  @Override
  public void progress(String shard, long bytes, Position reached) {
    if (held.containsKey(shard)) {
      load.accept(shard, bytes);
    }
    if (!reached.equals(Position.START)) {
      delivered.put(shard, reached.sequenceNumber());
    }
  }

  @Override
  public void finished(String shard, List<Shard> children) {
    end(shard).complete(children.stream().map(HeldShards::child).toList());
  }

  private static ChildShard child(Shard shard) {
    return ChildShard.builder()
        .shardId(shard.shardId())
        .parentShards(
            Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                .filter(parent -> parent != null)
                .toList())
        .hashKeyRange(shard.hashKeyRange())
        .build();
  }
}
