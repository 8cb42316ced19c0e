package routes.local.kinesis;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one shard, in segment files that are only ever appended to. Whoever waits for a
 * batch while nobody writes, writes the batch that is open and forces it to disk; meanwhile others
 * fill the next one. So concurrent puts share one force without a thread of their own. Readers see
 * only what was forced. Safe for use by many threads.
 */
final class ShardLog implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(ShardLog.class);

  /** A batch this large is written before more is added, which bounds the memory of a shard. */
  private static final int FULL_BATCH_BYTES = 16 << 20;

  private final Path directory;
  private final long segmentBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private final List<Segment> segments = new ArrayList<>();
  private @Nullable SegmentWriter writer;
  private Batch open = new Batch();
  private boolean writing;
  private long nextCounter;
  private long lastArrival;
  private long forcedCounter;

  private ShardLog(Path directory, long segmentBytes) {
    this.directory = directory;
    this.segmentBytes = segmentBytes;
  }

  /** Opens or creates the log of a shard that takes records; cuts an unfinished write. */
  static ShardLog open(Path directory, long segmentBytes) throws IOException {
    DurableFiles.createDirectories(directory);
    ShardLog log = new ShardLog(directory, segmentBytes);
    log.load();
    if (log.segments.isEmpty()) {
      log.startSegment(1);
    } else {
      log.reopenLast();
    }
    log.startCounting();
    return log;
  }

  /** Opens the log of a closed shard. */
  static ShardLog openClosed(Path directory) throws IOException {
    ShardLog log = new ShardLog(directory, 0);
    if (Files.exists(directory)) {
      log.load();
      if (!log.segments.isEmpty()) {
        loadFull(log.last());
      }
    }
    log.startCounting();
    return log;
  }

  private void load() throws IOException {
    List<String> names;
    try (var paths = Files.list(directory)) {
      names =
          paths
              .map(path -> String.valueOf(path.getFileName()))
              .filter(name -> name.endsWith(Segment.SUFFIX))
              .sorted()
              .toList();
    }
    for (String name : names) {
      segments.add(Segment.of(directory, name));
    }
    for (Segment segment : segments.subList(0, Math.max(0, segments.size() - 1))) {
      loadFull(segment);
    }
  }

  private static void loadFull(Segment segment) throws IOException {
    if (!IndexFile.read(segment)) {
      segment.scan();
      IndexFile.write(segment);
    }
  }

  private void reopenLast() throws IOException {
    Segment last = last();
    try {
      last.scan();
    } catch (CorruptRecordException unfinished) {
      LOG.info("Cutting an unfinished write: {}", unfinished.getMessage());
    }
    if (Files.size(last.file()) < RecordFormat.FILE_HEADER_BYTES) {
      writer = SegmentWriter.create(last.file());
    } else {
      writer = SegmentWriter.reopen(last.file(), last.length());
    }
  }

  private void startCounting() {
    forcedCounter = segments.isEmpty() ? 0 : last().lastCounter();
    nextCounter = forcedCounter + 1;
    for (Segment segment : segments) {
      lastArrival = Math.max(lastArrival, segment.lastArrival());
    }
  }

  /**
   * Adds entries, in order, to what is written next, and tells each its counter. They are not on
   * disk before {@link #await} returns for the batch.
   */
  Batch append(List<PutEntry> entries, long now) {
    lock.lock();
    try {
      while (open.size() >= FULL_BATCH_BYTES) {
        awaitLocked(open);
      }
      long arrival = Math.max(now, lastArrival);
      for (PutEntry entry : entries) {
        open.add(nextCounter, arrival, entry.key(), entry.data());
        entry.stored(nextCounter);
        nextCounter++;
      }
      lastArrival = arrival;
      return open;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns once the batch is on disk.
   *
   * @throws IOException if it could not be written; none of its records is in the log then
   */
  void await(Batch batch) throws IOException {
    lock.lock();
    try {
      awaitLocked(batch);
    } finally {
      lock.unlock();
    }
    batch.throwIfFailed();
  }

  /** Returns once everything added before is on disk or has failed. */
  void flush() {
    lock.lock();
    try {
      if (open.size() > 0 || writing) {
        awaitLocked(open);
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitLocked(Batch batch) {
    while (!batch.isDone()) {
      if (writing) {
        written.awaitUninterruptibly();
      } else {
        // Nobody writes, so the batch is still the open one.
        writeOpenBatch();
      }
    }
  }

  private void writeOpenBatch() {
    Batch batch = open;
    open = new Batch();
    writing = true;
    lock.unlock();
    IOException failure = new IOException("Writing to " + directory + " was abandoned");
    try {
      write(batch);
      failure = null;
    } catch (IOException e) {
      failure = e;
    } finally {
      lock.lock();
      finish(batch, failure);
    }
  }

  private void finish(Batch batch, @Nullable IOException failure) {
    if (failure == null) {
      last().append(batch.bytes(), batch.size());
      forcedCounter = last().lastCounter();
    }
    batch.finish(failure);
    writing = false;
    written.signalAll();
  }

  private void write(Batch batch) throws IOException {
    if (writer == null) {
      throw new IOException("The log in " + directory + " is closed");
    }
    Segment last = last();
    if (!last.isEmpty() && last.length() + batch.size() > segmentBytes) {
      IndexFile.write(last);
      startSegment(last.lastCounter() + 1);
    }
    writer.append(batch.bytes(), batch.size());
  }

  private void startSegment(long firstCounter) throws IOException {
    Segment segment = new Segment(directory, firstCounter);
    SegmentWriter next = SegmentWriter.create(segment.file());
    if (writer != null) {
      writer.close();
    }
    writer = next;
    lock.lock();
    try {
      segments.add(segment);
    } finally {
      lock.unlock();
    }
  }

  private Segment last() {
    lock.lock();
    try {
      return segments.get(segments.size() - 1);
    } finally {
      lock.unlock();
    }
  }

  /** The counter of the last record on disk; 0 if there never was one. */
  long forcedCounter() {
    lock.lock();
    try {
      return forcedCounter;
    } finally {
      lock.unlock();
    }
  }

  /** Hands over, in order, the records with this counter and greater ones, until told to stop. */
  void read(long fromCounter, RecordSink sink) throws IOException {
    long next = fromCounter;
    for (Extent extent = locate(next); extent != null; extent = locate(next)) {
      try (RecordCursor cursor = extent.open()) {
        while (cursor.next()) {
          if (cursor.counter() >= next) {
            if (!sink.accept(cursor)) {
              return;
            }
            next = cursor.counter() + 1;
          }
        }
      } catch (NoSuchFileException e) {
        throwUnlessTrimmed(extent, e);
      }
    }
  }

  private @Nullable Extent locate(long counter) {
    lock.lock();
    try {
      for (Segment segment : segments) {
        if (!segment.isEmpty() && segment.lastCounter() >= counter) {
          return Extent.of(segment, segment.index().offsetForCounter(counter));
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The counter of the first record that arrived at this epoch millisecond or later; the next
   * record's if none did.
   */
  long counterAt(long arrival) throws IOException {
    while (true) {
      Extent extent = locateArrival(arrival);
      if (extent == null) {
        return forcedCounter() + 1;
      }
      try (RecordCursor cursor = extent.open()) {
        while (cursor.next()) {
          if (cursor.arrival() >= arrival) {
            return cursor.counter();
          }
        }
      } catch (NoSuchFileException e) {
        throwUnlessTrimmed(extent, e);
      }
    }
  }

  private @Nullable Extent locateArrival(long arrival) {
    lock.lock();
    try {
      for (Segment segment : segments) {
        if (!segment.isEmpty() && segment.lastArrival() >= arrival) {
          return Extent.of(segment, segment.index().offsetForArrival(arrival));
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void throwUnlessTrimmed(Extent extent, NoSuchFileException missing)
      throws NoSuchFileException {
    lock.lock();
    try {
      if (segments.stream().anyMatch(segment -> segment.file().equals(extent.file()))) {
        throw missing;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Deletes the segments all of whose records arrived before, except the one being written. */
  void trim(long horizon) throws IOException {
    List<Segment> expired = new ArrayList<>();
    lock.lock();
    try {
      while (segments.size() > 1 && segments.get(0).lastArrival() < horizon) {
        expired.add(segments.remove(0));
      }
    } finally {
      lock.unlock();
    }
    for (Segment segment : expired) {
      Files.deleteIfExists(IndexFile.of(segment.file()));
      Files.deleteIfExists(segment.file());
    }
  }

  /** Writes what is left and takes no more; reading goes on. */
  @Override
  public void close() throws IOException {
    flush();
    lock.lock();
    try {
      if (writer != null) {
        writer.close();
        writer = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Where to read in which file. */
  private record Extent(Path file, long offset, long end) {

    static Extent of(Segment segment, long offset) {
      return new Extent(segment.file(), offset, segment.length());
    }

    RecordCursor open() throws IOException {
      return new RecordCursor(file, offset, end);
    }
  }
}
