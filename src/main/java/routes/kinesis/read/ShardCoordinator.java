package routes.kinesis.read;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
import routes.retry.PeriodicTask;
import routes.retry.SteadyClock;
import routes.stream.ReadingStatus;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * Gives each shard that this worker is to read a reader as soon as the shards it came from are
 * finished, and takes it away again.
 */
final class ShardCoordinator {

  private static final Logger LOG = LoggerFactory.getLogger(ShardCoordinator.class);
  private static final long ASSIGN_MILLIS = 1_000;

  /**
   * How long the stream's retention and shards may be taken for what they were; new shards follow
   * finished ones, which is seen at once. Kinesis describes streams twenty times a second for a
   * whole account.
   */
  private static final Duration LISTED = Duration.ofMinutes(1);

  /** The same where no lease tells of a stream that was deleted and made again. */
  private static final Duration LISTED_WITHOUT_LEASES = Duration.ofSeconds(10);

  private final SharedReads reads;
  private final String stream;
  private final ShardAssignment assignment;
  private final ShardCheckpoints checkpoints;
  private final ShardRelease release;
  private final BiFunction<SourceShard, List<SourceShard>, ShardReader> readerOf;
  private final ThreadFactory threads;
  private final ScheduledExecutorService assigner;
  private final Map<ShardId, ShardReading> readings = new ConcurrentHashMap<>();
  private final PeriodicTask assigning = new PeriodicTask(SteadyClock.OF_PROCESS);
  private final UnreadShards unread;
  private final BrokenReaders brokenReaders = new BrokenReaders(SteadyClock.OF_PROCESS);
  private volatile List<String> waiting = List.of();
  private volatile @Nullable StreamShards listed;
  private boolean outdated;

  ShardCoordinator(
      SharedReads reads,
      String stream,
      ShardAssignment assignment,
      ShardCheckpoints checkpoints,
      ShardRelease release,
      BiFunction<SourceShard, List<SourceShard>, ShardReader> readerOf,
      ThreadFactory threads,
      ScheduledExecutorService assigner) {
    this.reads = reads;
    this.stream = stream;
    this.assignment = assignment;
    this.checkpoints = checkpoints;
    this.release = release;
    this.readerOf = readerOf;
    this.threads = threads;
    this.assigner = assigner;
    this.unread = new UnreadShards(reads.kinesis(), checkpoints);
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
    StreamShards known = listed;
    Duration retention = known == null ? Duration.ZERO : known.retention();
    return new ReadingStatus(
        readings.values().stream()
            .filter(reading -> !checkpoints.isFinished(reading.shard().id()))
            .map(reading -> reading.reader().status(retention))
            .toList(),
        unread.status(),
        waiting,
        Stream.of(
                assigning.failing().stream(),
                checkpoints.failing().stream(),
                assignment.failing().stream(),
                brokenReaders.failing().stream())
            .flatMap(attempts -> attempts)
            .toList(),
        List.of());
  }

  private synchronized void assign() {
    assigning.run("assign the shards of " + stream, this::assignShards);
  }

  private void assignShards() throws InterruptedException {
    checkpoints.saveFinished();
    dropBroken();
    Optional<Set<String>> mine = assignment.shards(stream);
    StreamShards shards = shards(mine);
    FinishedShards finished = new FinishedShards(shards);
    Set<SourceShard> wanted = wanted(mine, shards, finished);
    letGo(readings.values().stream().filter(reading -> !wanted.contains(reading.shard())).toList());
    for (SourceShard shard : wanted) {
      if (!readings.containsKey(shard.id()) && finished.hasAll(shards.parents(shard))) {
        readings.put(shard.id(), startReading(shard, shards.ancestors(shard)));
      }
    }
    waiting =
        wanted.stream()
            .map(SourceShard::id)
            .filter(shard -> !readings.containsKey(shard))
            .map(ShardId::shard)
            .toList();
    readings.values().forEach(reading -> report(reading, shards));
    assignment.settled(readings.keySet().stream().map(ShardId::shard).collect(toSet()));
    if (wanted.isEmpty()) {
      unread.look(shards);
    } else {
      unread.forget();
    }
  }

  /** What was listed last, while nobody wants more of it and it is not old. */
  private StreamShards shards(Optional<Set<String>> mine) throws InterruptedException {
    StreamShards known = reads.shards(stream, mine.isEmpty() ? LISTED_WITHOUT_LEASES : LISTED);
    if (outdated || !known.has(mine.orElse(Set.of()))) {
      known = reads.shards(stream, Duration.ZERO);
      outdated = false;
    }
    listed = known;
    return known;
  }

  /** The shards to read: this worker's, and whatever before them nobody has finished. */
  private Set<SourceShard> wanted(
      Optional<Set<String>> mine, StreamShards shards, FinishedShards finished) {
    Set<SourceShard> wanted = new LinkedHashSet<>();
    for (SourceShard shard : shards.all()) {
      if (mine.isEmpty() || mine.get().contains(shard.id().shard())) {
        if (!readings.containsKey(shard.id())) {
          finished.addUnfinished(shard, wanted);
        }
        wanted.add(shard);
      }
    }
    return wanted;
  }

  /**
   * Which of the shards are finished at this moment. One is only after those it came from, so that
   * of many generations few are asked about.
   */
  private final class FinishedShards {

    private final StreamShards shards;
    private final Map<ShardId, Boolean> known = new HashMap<>();

    FinishedShards(StreamShards shards) {
      this.shards = shards;
    }

    boolean hasAll(List<SourceShard> some) {
      return some.stream().allMatch(this::has);
    }

    /** Adds those that a shard came from and that are not finished, the oldest first. */
    void addUnfinished(SourceShard child, Set<SourceShard> unfinished) {
      for (SourceShard parent : shards.parents(child)) {
        if (!unfinished.contains(parent) && !has(parent)) {
          addUnfinished(parent, unfinished);
          unfinished.add(parent);
        }
      }
    }

    private boolean has(SourceShard shard) {
      Boolean before = known.get(shard.id());
      if (before != null) {
        return before;
      }
      boolean finished = ask(shard);
      known.put(shard.id(), finished);
      return finished;
    }

    private boolean ask(SourceShard shard) {
      ShardId id = shard.id();
      return checkpoints.isFinished(id)
          || (!readings.containsKey(id)
              && hasAll(shards.parents(shard))
              && checkpoints.load(id).finished());
    }
  }

  /** Makes room for new readers, for which what is under way of the shard is not there. */
  private void dropBroken() throws InterruptedException {
    List<ShardReading> broken = new ArrayList<>();
    for (ShardReading reading : readings.values()) {
      Throwable failure = reading.reader().failure();
      if (failure != null) {
        broken.add(reading);
        brokenReaders.add(reading.shard().id(), failure);
      }
    }
    release.abandon(broken);
    broken.forEach(reading -> readings.remove(reading.shard().id()));
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
    if (!gone.isEmpty() && readings.isEmpty()) {
      checkpoints.forget(stream);
    }
  }

  private void report(ShardReading reading, StreamShards shards) {
    SourceShard shard = reading.shard();
    assignment.progress(
        shard.id().shard(), reading.reader().takeBytesRead(), checkpoints.delivered(shard.id()));
    if (checkpoints.isFinished(shard.id())) {
      List<Shard> children = shards.children(shard);
      if (children.isEmpty()) {
        outdated = true;
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
