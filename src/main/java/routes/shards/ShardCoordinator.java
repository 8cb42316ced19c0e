package routes.shards;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.ledger.ShardId;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Gives each shard of a stream a reader as soon as its parents are finished, and has checkpoints
 * written while delivery moves on.
 */
final class ShardCoordinator {

  private static final Logger LOG = LoggerFactory.getLogger(ShardCoordinator.class);
  private static final long LIST_SHARDS_MILLIS = 1_000;
  private static final long STOP_READERS_MILLIS = 5_000;

  private final KinesisClient kinesis;
  private final String stream;
  private final ShardCheckpoints checkpoints;
  private final BiFunction<SourceShard, List<SourceShard>, ShardReader> readerOf;
  private final ExecutorService readerThreads;
  private final ScheduledExecutorService timers;
  private final Map<ShardId, ShardReader> readers = new ConcurrentHashMap<>();
  private final LateTask listing = new LateTask(Clock.systemUTC());

  ShardCoordinator(
      KinesisClient kinesis,
      String stream,
      ShardCheckpoints checkpoints,
      BiFunction<SourceShard, List<SourceShard>, ShardReader> readerOf,
      ExecutorService readerThreads,
      ScheduledExecutorService timers) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.checkpoints = checkpoints;
    this.readerOf = readerOf;
    this.readerThreads = readerThreads;
    this.timers = timers;
  }

  void start(long checkpointMillis) {
    timers.scheduleWithFixedDelay(
        () -> listing.run("list the shards of " + stream, this::assignShards),
        0,
        LIST_SHARDS_MILLIS,
        TimeUnit.MILLISECONDS);
    timers.scheduleWithFixedDelay(
        checkpoints::save, checkpointMillis, checkpointMillis, TimeUnit.MILLISECONDS);
  }

  /** Ends all reading. What was read and is still under way to the lake goes on. */
  void stop() throws InterruptedException {
    timers.shutdownNow();
    readerThreads.shutdownNow();
    if (!readerThreads.awaitTermination(STOP_READERS_MILLIS, TimeUnit.MILLISECONDS)) {
      LOG.warn("Readers of {} are still busy: what they hold will be read again", stream);
    }
  }

  /** Finished shards are left out. */
  ReadingStatus status() {
    List<ShardStatus> shards =
        readers.entrySet().stream()
            .filter(reader -> !checkpoints.isFinished(reader.getKey()))
            .map(reader -> reader.getValue().status())
            .toList();
    return new ReadingStatus(
        shards, Stream.concat(listing.failing().stream(), checkpoints.failing().stream()).toList());
  }

  private void assignShards() {
    StreamShards shards = StreamShards.list(kinesis, stream);
    for (SourceShard shard : shards.all()) {
      if (shards.parents(shard).stream().map(SourceShard::id).allMatch(checkpoints::isFinished)) {
        readers.computeIfAbsent(shard.id(), id -> startReader(shard, shards.ancestors(shard)));
      }
    }
  }

  private ShardReader startReader(SourceShard shard, List<SourceShard> ancestors) {
    ShardReader reader = readerOf.apply(shard, ancestors);
    readerThreads.execute(reader);
    return reader;
  }
}
