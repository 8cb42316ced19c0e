package routes.shards;

import static java.util.stream.Collectors.toSet;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.ledger.ShardId;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * Gives each shard that this worker is to read a reader as soon as the shards it came from are
 * finished, and takes it away again.
 */
final class ShardCoordinator {

  private static final Logger LOG = LoggerFactory.getLogger(ShardCoordinator.class);
  private static final long ASSIGN_MILLIS = 1_000;

  private final KinesisClient kinesis;
  private final String stream;
  private final ShardAssignment assignment;
  private final ShardCheckpoints checkpoints;
  private final ShardRelease release;
  private final BiFunction<SourceShard, List<SourceShard>, ShardReader> readerOf;
  private final ThreadFactory threads;
  private final ScheduledExecutorService assigner;
  private final Map<ShardId, ShardReading> readings = new ConcurrentHashMap<>();
  private final LateTask assigning = new LateTask(Clock.systemUTC());
  private @Nullable StreamShards listed;

  ShardCoordinator(
      KinesisClient kinesis,
      String stream,
      ShardAssignment assignment,
      ShardCheckpoints checkpoints,
      ShardRelease release,
      BiFunction<SourceShard, List<SourceShard>, ShardReader> readerOf,
      ThreadFactory threads,
      ScheduledExecutorService assigner) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.assignment = assignment;
    this.checkpoints = checkpoints;
    this.release = release;
    this.readerOf = readerOf;
    this.threads = threads;
    this.assigner = assigner;
  }

  void start() {
    assigner.scheduleWithFixedDelay(this::assign, 0, ASSIGN_MILLIS, TimeUnit.MILLISECONDS);
    assignment.whenChanged(() -> assigner.execute(this::assign));
  }

  /** Ends all reading. What was read and is still under way to the lake goes on. */
  void stop() throws InterruptedException {
    assignment.whenChanged(() -> {});
    assigner.shutdown();
    if (!assigner.awaitTermination(ASSIGN_MILLIS, TimeUnit.MILLISECONDS)) {
      assigner.shutdownNow();
    }
    endReading();
  }

  /** Waits for an assignment under way, which may have begun to read another shard. */
  private synchronized void endReading() throws InterruptedException {
    for (ShardReading busy : ShardReading.stop(readings.values())) {
      LOG.warn("The reader of {} is still busy: what it holds will be read again", busy.shard());
    }
  }

  /** Finished shards are left out. */
  ReadingStatus status() {
    List<ShardStatus> shards =
        readings.values().stream()
            .filter(reading -> !checkpoints.isFinished(reading.shard().id()))
            .map(reading -> reading.reader().status())
            .toList();
    return new ReadingStatus(
        shards,
        Stream.concat(assigning.failing().stream(), checkpoints.failing().stream()).toList());
  }

  private synchronized void assign() {
    assigning.run("assign the shards of " + stream, this::assignShards);
  }

  private void assignShards() throws InterruptedException {
    checkpoints.saveFinished();
    Optional<Set<String>> mine = assignment.shards(stream);
    StreamShards shards = shards(mine);
    Set<SourceShard> wanted = wanted(mine, shards);
    letGo(readings.values().stream().filter(reading -> !wanted.contains(reading.shard())).toList());
    for (SourceShard shard : wanted) {
      if (!readings.containsKey(shard.id()) && unfinished(shard, shards).isEmpty()) {
        readings.put(shard.id(), startReading(shard, shards.ancestors(shard)));
      }
    }
    readings.values().forEach(reading -> report(reading, shards));
    assignment.settled(readings.keySet().stream().map(ShardId::shard).collect(toSet()));
  }

  /** What was listed last, while nobody wants more of it. */
  private StreamShards shards(Optional<Set<String>> mine) {
    StreamShards known = listed;
    if (known == null || mine.isEmpty() || !known.has(mine.get())) {
      known = StreamShards.list(kinesis, stream);
      listed = known;
    }
    return known;
  }

  /** The shards to read: this worker's, and whatever before them nobody has finished. */
  private Set<SourceShard> wanted(Optional<Set<String>> mine, StreamShards shards) {
    Set<SourceShard> wanted = new LinkedHashSet<>();
    for (SourceShard shard : shards.all()) {
      if (mine.isEmpty() || mine.get().contains(shard.id().shard())) {
        if (!readings.containsKey(shard.id())) {
          wanted.addAll(unfinished(shard, shards));
        }
        wanted.add(shard);
      }
    }
    return wanted;
  }

  private List<SourceShard> unfinished(SourceShard child, StreamShards shards) {
    return shards.ancestors(child).stream().filter(past -> !isFinished(past)).toList();
  }

  private boolean isFinished(SourceShard shard) {
    ShardId id = shard.id();
    return checkpoints.isFinished(id)
        || (!readings.containsKey(id) && checkpoints.load(id).finished());
  }

  private void letGo(List<ShardReading> gone) throws InterruptedException {
    List<ShardReading> handedOver =
        gone.stream()
            .filter(reading -> assignment.isHandedOver(reading.shard().id().shard()))
            .toList();
    List<ShardReading> lost = new ArrayList<>(gone);
    lost.removeAll(handedOver);
    release.abandon(lost);
    release.handOver(handedOver);
    gone.forEach(reading -> readings.remove(reading.shard().id()));
  }

  private void report(ShardReading reading, StreamShards shards) {
    SourceShard shard = reading.shard();
    assignment.progress(
        shard.id().shard(), reading.reader().takeBytesRead(), checkpoints.delivered(shard.id()));
    if (checkpoints.isFinished(shard.id())) {
      List<Shard> children = shards.children(shard);
      if (children.isEmpty()) {
        listed = null;
      } else {
        assignment.finished(shard.id().shard(), children);
      }
    }
  }

  private ShardReading startReading(SourceShard shard, List<SourceShard> ancestors) {
    ShardReader reader = readerOf.apply(shard, ancestors);
    ShardReading reading = new ShardReading(shard, reader, threads.newThread(reader));
    reading.thread().start();
    return reading;
  }
}
