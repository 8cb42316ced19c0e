package routes.local.kinesis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import routes.files.DurableFiles;

/**
 * A stream and its shards. Puts go on beside each other and stand still while shards are split or
 * merged; reads are never held up. Changes of the stream itself are made one at a time by {@link
 * Streams}.
 */
final class Stream {

  /** Remembers what changed before anyone sees it. */
  interface Save {
    void accept(StreamInfo changed) throws IOException;
  }

  private final Path directory;
  private final KinesisOptions options;
  private final Backlog backlog;
  private final ReadWriteLock resharding = new ReentrantReadWriteLock();
  private volatile StreamInfo info;
  private volatile NavigableMap<Integer, Shard> shards = new TreeMap<>();
  private volatile Routing routing = new Routing(List.of());
  private volatile boolean deleted;

  private Stream(Path directory, StreamInfo info, KinesisOptions options) {
    this.directory = directory;
    this.info = info;
    this.options = options;
    this.backlog = new Backlog(options.consumer(), info.name(), info.created());
  }

  static Stream open(Path root, StreamInfo info, KinesisOptions options) throws IOException {
    Stream stream = new Stream(root.resolve(directoryName(info)), info, options);
    NavigableMap<Integer, Shard> shards = new TreeMap<>();
    for (ShardInfo shard : info.shards()) {
      shards.put(shard.number(), stream.openShard(shard));
    }
    stream.publish(info, shards);
    return stream;
  }

  /** Differs between streams of the same name, even where file names ignore case. */
  static String directoryName(StreamInfo info) {
    return info.name() + "-" + info.created();
  }

  private Shard openShard(ShardInfo shard) throws IOException {
    Path shardDirectory = directory.resolve(ShardInfo.id(shard.number()));
    ShardLog log =
        shard.closed() == null
            ? ShardLog.open(shardDirectory, options.segmentBytes())
            : ShardLog.openClosed(shardDirectory);
    return new Shard(shard, log, new Throttle(options.throttled()));
  }

  private void publish(StreamInfo changed, NavigableMap<Integer, Shard> changedShards) {
    routing = new Routing(changedShards.values().stream().filter(Shard::isOpen).toList());
    shards = changedShards;
    info = changed;
  }

  StreamInfo info() {
    return info;
  }

  String name() {
    return info.name();
  }

  /** All shards not yet forgotten, by number. */
  NavigableMap<Integer, Shard> shards() {
    return shards;
  }

  Optional<Shard> shard(int number) {
    return Optional.ofNullable(shards.get(number));
  }

  /** The open shards in the order of their hash keys. */
  List<Shard> openShards() {
    return routing.shards();
  }

  /**
   * Stores those entries that were not refused already and returns once they are on disk; each
   * learns where it lies or why it was refused.
   */
  void put(List<PutEntry> entries, long now) {
    Map<Shard, Batch> batches = new LinkedHashMap<>();
    Map<Shard, List<PutEntry>> byShard;
    resharding.readLock().lock();
    try {
      if (deleted) {
        throw KinesisException.streamNotFound(name());
      }
      byShard = route(entries, now);
      byShard.forEach((shard, some) -> batches.put(shard, shard.log().append(some, now)));
    } finally {
      resharding.readLock().unlock();
    }
    batches.forEach((shard, batch) -> await(shard, batch, byShard.getOrDefault(shard, List.of())));
  }

  private Map<Shard, List<PutEntry>> route(List<PutEntry> entries, long now) {
    HashKeys hashKeys = new HashKeys();
    Map<Shard, List<PutEntry>> byShard = new LinkedHashMap<>();
    for (PutEntry entry : entries) {
      if (entry.error() != null) {
        continue;
      }
      Shard shard = routing.shardFor(entry, hashKeys);
      entry.routedTo(shard);
      if (shard.throttle().allowsRecord(entry.size(), now)) {
        byShard.computeIfAbsent(shard, s -> new ArrayList<>(entries.size())).add(entry);
      } else {
        entry.refused(AwsError.throughputExceeded(shard.id(), name()));
      }
    }
    return byShard;
  }

  private static void await(Shard shard, Batch batch, List<PutEntry> entries) {
    try {
      shard.log().await(batch);
    } catch (IOException e) {
      AwsError error = AwsError.internalFailure("Internal service failure: " + e.getMessage());
      entries.forEach(entry -> entry.refused(error));
    }
  }

  void setRetention(int hours, Save save) throws IOException {
    StreamInfo changed = info.withRetention(hours);
    save.accept(changed);
    info = changed;
  }

  /** Closes neighbouring parents and opens children that cover the same hash keys. */
  void reshard(List<Shard> parents, List<HashKeyRange> children, long now, Save save)
      throws IOException {
    resharding.writeLock().lock();
    try {
      long at = now;
      NavigableMap<Integer, Shard> changed = new TreeMap<>(shards);
      for (Shard parent : parents) {
        parent.log().flush();
        // The clock may have been put back; a shard is not closed before its last record arrived.
        at = Math.max(at, parent.info().created() + 1);
        at = Math.max(at, parent.segments().lastArrival() + 1);
      }
      for (Shard parent : parents) {
        ShardInfo closed = parent.info().close(at, parent.segments().lastCounter() + 1);
        changed.put(closed.number(), parent.closed(closed));
      }
      int first = parents.get(0).info().number();
      Integer second = parents.size() == 1 ? null : (Integer) parents.get(1).info().number();
      int next = info.nextShard();
      for (HashKeyRange range : children) {
        Shard child = openShard(ShardInfo.open(next, range, at, first, second));
        changed.put(next, child);
        next++;
      }
      StreamInfo changedInfo =
          info.withShards(next, changed.values().stream().map(Shard::info).toList());
      save.accept(changedInfo);
      publish(changedInfo, changed);
      for (Shard parent : parents) {
        parent.log().close();
      }
    } finally {
      resharding.writeLock().unlock();
    }
  }

  /**
   * The epoch millisecond before which what arrived is gone: as old as the retention says, or older
   * where the stream's consumer has yet to take something.
   */
  long horizon(long now) {
    long expired = RetentionPeriod.horizon(info.retentionHours(), now);
    return backlog.horizon(expired, now, shards.values());
  }

  /** Whether there is a shard that was closed before the horizon. */
  boolean hasExpiredShards(long horizon) {
    return shards.values().stream().anyMatch(shard -> !shard.wasOpenAfter(horizon));
  }

  /** Forgets shards that were closed before the horizon. */
  void forgetExpiredShards(long horizon, Save save) throws IOException {
    NavigableMap<Integer, Shard> kept = new TreeMap<>(shards);
    kept.values().removeIf(shard -> !shard.wasOpenAfter(horizon));
    List<Shard> expired = new ArrayList<>(shards.values());
    expired.removeAll(kept.values());
    StreamInfo changed =
        info.withShards(info.nextShard(), kept.values().stream().map(Shard::info).toList());
    save.accept(changed);
    publish(changed, kept);
    for (Shard shard : expired) {
      DurableFiles.deleteTree(directory.resolve(shard.id()));
    }
  }

  /** Deletes the files all of whose records arrived before the horizon. */
  void trim(long horizon) throws IOException {
    for (Shard shard : shards.values()) {
      shard.segments().trim(horizon);
    }
  }

  void delete() throws IOException {
    resharding.writeLock().lock();
    try {
      deleted = true;
      close();
    } finally {
      resharding.writeLock().unlock();
    }
    DurableFiles.deleteTree(directory);
  }

  void close() throws IOException {
    for (Shard shard : shards.values()) {
      shard.log().close();
    }
  }
}
