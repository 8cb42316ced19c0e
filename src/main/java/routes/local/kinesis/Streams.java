package routes.local.kinesis;

import java.io.Closeable;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import routes.files.DurableFiles;

/** All streams, and the one place that changes them. Safe for use by many threads. */
final class Streams implements Closeable {

  private static final int ON_DEMAND_SHARDS = 4;

  private final Path directory;
  private final KinesisOptions options;
  private final Clock clock;
  private final Catalog catalog;
  private final NavigableMap<String, Stream> byName = new ConcurrentSkipListMap<>();
  private long lastCreation;

  Streams(Path directory, KinesisOptions options, Clock clock) throws IOException {
    this.directory = directory;
    this.options = options;
    this.clock = clock;
    this.catalog = new Catalog(directory);
    Catalog.Content content = catalog.load();
    lastCreation = content.lastCreation();
    deleteRemains(content.streams());
    for (StreamInfo info : content.streams()) {
      byName.put(info.name(), Stream.open(directory, info, options));
    }
  }

  /** A stream whose deletion, or creation, was cut short is not in the catalog. */
  private void deleteRemains(List<StreamInfo> known) throws IOException {
    Set<String> names = new HashSet<>();
    known.forEach(info -> names.add(Stream.directoryName(info)));
    List<Path> remains;
    try (var paths = Files.list(directory)) {
      remains =
          paths
              .filter(Files::isDirectory)
              .filter(path -> !names.contains(String.valueOf(path.getFileName())))
              .toList();
    }
    for (Path path : remains) {
      DurableFiles.deleteTree(path);
    }
  }

  /** By name, in alphabetical order. */
  NavigableMap<String, Stream> byName() {
    return byName;
  }

  /** The stream, rid of what its retention no longer covers. */
  Stream get(String name) throws IOException {
    Stream stream = find(name);
    expire(stream);
    return stream;
  }

  private Stream find(String name) {
    Stream stream = byName.get(name);
    if (stream == null) {
      throw KinesisException.streamNotFound(name);
    }
    return stream;
  }

  synchronized void create(String name, StreamMode mode, int shardCount, int maxRecordKib)
      throws IOException {
    if (byName.containsKey(name)) {
      throw KinesisException.resourceInUse(
          "Stream %s under account %s already exists.".formatted(name, Account.ID));
    }
    int count = mode == StreamMode.ON_DEMAND ? ON_DEMAND_SHARDS : shardCount;
    checkShardLimit(count);
    long created = Math.max(clock.millis(), lastCreation + 1);
    List<ShardInfo> shards = new ArrayList<>();
    for (HashKeyRange range : HashKeyRange.evenly(count)) {
      shards.add(ShardInfo.open(shards.size(), range, created, null, null));
    }
    StreamInfo info =
        new StreamInfo(name, created, mode, options.retentionHours(), maxRecordKib, count, shards);
    Stream stream = Stream.open(directory, info, options);
    lastCreation = created;
    save(info);
    byName.put(name, stream);
  }

  synchronized void delete(String name) throws IOException {
    Stream stream = find(name);
    byName.remove(name);
    saveAll(infos());
    stream.delete();
  }

  synchronized void setRetention(Stream stream, int hours) throws IOException {
    checkCurrent(stream, List.of());
    stream.setRetention(hours, this::save);
  }

  synchronized void split(Stream stream, Shard shard, BigInteger newStartingHashKey)
      throws IOException {
    checkShardLimit(1);
    reshard(stream, List.of(shard), shard.range().splitAt(newStartingHashKey));
  }

  synchronized void merge(Stream stream, Shard shard, Shard next) throws IOException {
    HashKeyRange range = new HashKeyRange(shard.range().start(), next.range().end());
    reshard(stream, List.of(shard, next), List.of(range));
  }

  /** Splits and merges until the stream has this many shards of equal width. */
  synchronized void scale(Stream stream, int shardCount) throws IOException {
    checkShardLimit(shardCount - stream.openShards().size());
    List<HashKeyRange> targets = HashKeyRange.evenly(shardCount);
    for (HashKeyRange target : targets) {
      for (Shard shard : stream.openShards()) {
        HashKeyRange range = shard.range();
        if (range.start().compareTo(target.start()) < 0
            && range.end().compareTo(target.start()) >= 0) {
          reshard(stream, List.of(shard), range.splitAt(target.start()));
        }
      }
    }
    for (HashKeyRange target : targets) {
      List<Shard> parts = within(stream, target);
      while (parts.size() > 1) {
        merge(stream, parts.get(0), parts.get(1));
        parts = within(stream, target);
      }
    }
  }

  private static List<Shard> within(Stream stream, HashKeyRange range) {
    return stream.openShards().stream().filter(shard -> range.covers(shard.range())).toList();
  }

  private void reshard(Stream stream, List<Shard> parents, List<HashKeyRange> children)
      throws IOException {
    checkCurrent(stream, parents);
    stream.reshard(parents, children, clock.millis(), this::save);
  }

  private void expire(Stream stream) throws IOException {
    long horizon = stream.horizon(clock.millis());
    stream.trim(horizon);
    if (stream.hasExpiredShards(horizon)) {
      synchronized (this) {
        checkCurrent(stream, List.of());
        stream.forgetExpiredShards(horizon, this::save);
      }
    }
  }

  /** Requests look streams and shards up first, and another may have changed them since. */
  private void checkCurrent(Stream stream, List<Shard> shards) {
    if (byName.get(stream.name()) != stream) {
      throw KinesisException.streamNotFound(stream.name());
    }
    if (!stream.openShards().containsAll(shards)) {
      throw KinesisException.resourceInUse(
          "Shards of stream %s under account %s are being changed by another request."
              .formatted(stream.name(), Account.ID));
    }
  }

  private void checkShardLimit(int additional) {
    int open = byName.values().stream().mapToInt(stream -> stream.openShards().size()).sum();
    if (open + additional > options.shardLimit()) {
      throw KinesisException.limitExceeded(
          ("This request would exceed the shard limit for the account %s in %s. Current shard count"
                  + " for the account: %s. Limit: %s. Number of additional shards that would have"
                  + " resulted from this request: %s.")
              .formatted(Account.ID, options.region(), open, options.shardLimit(), additional));
    }
  }

  private void save(StreamInfo changed) throws IOException {
    List<StreamInfo> infos = infos();
    infos.removeIf(info -> info.name().equals(changed.name()));
    infos.add(changed);
    saveAll(infos);
  }

  private List<StreamInfo> infos() {
    return new ArrayList<>(byName.values().stream().map(Stream::info).toList());
  }

  private void saveAll(List<StreamInfo> infos) throws IOException {
    catalog.save(lastCreation, infos);
  }

  @Override
  public synchronized void close() throws IOException {
    for (Stream stream : byName.values()) {
      stream.close();
    }
  }
}
