package routes.local.kinesis;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.files.DurableFiles;

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
  private final Segments segments;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private @Nullable SegmentWriter writer;
  private Batch open = new Batch();
  private boolean writing;
  private long nextCounter;
  private long lastArrival;

  private ShardLog(Path directory, long segmentBytes) throws IOException {
    DurableFiles.createDirectories(directory);
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.segments = Segments.load(directory);
  }

  /** Opens or creates the log of a shard that takes records; cuts an unfinished write. */
  static ShardLog open(Path directory, long segmentBytes) throws IOException {
    ShardLog log = new ShardLog(directory, segmentBytes);
    if (log.segments.isEmpty()) {
      log.startSegment(1);
    } else {
      log.reopenLast();
    }
    log.nextCounter = log.segments.lastCounter() + 1;
    log.lastArrival = log.segments.lastArrival();
    return log;
  }

  /** Opens the log of a closed shard. */
  static ShardLog openClosed(Path directory) throws IOException {
    ShardLog log = new ShardLog(directory, 0);
    if (!log.segments.isEmpty()) {
      Segments.loadFull(log.segments.last());
    }
    return log;
  }

  private void reopenLast() throws IOException {
    Segment last = segments.last();
    try {
      last.scan();
    } catch (Segment.CorruptRecordException unfinished) {
      LOG.info("Cutting an unfinished write: {}", unfinished.getMessage());
    }
    if (Files.size(last.file()) < RecordFormat.FILE_HEADER_BYTES) {
      writer = SegmentWriter.create(last.file());
    } else {
      writer = SegmentWriter.reopen(last.file(), last.length());
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
      lastArrival = Math.max(now, lastArrival);
      for (PutEntry entry : entries) {
        open.add(nextCounter, lastArrival, entry.key(), entry.data());
        entry.stored(nextCounter);
        nextCounter++;
      }
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
      batch.finish(failure);
      writing = false;
      written.signalAll();
    }
  }

  private void write(Batch batch) throws IOException {
    if (writer == null) {
      throw new IOException("The log in " + directory + " is closed");
    }
    Segment last = segments.last();
    if (!last.isEmpty() && last.length() + batch.size() > segmentBytes) {
      IndexFile.write(last);
      startSegment(last.lastCounter() + 1);
    }
    writer.append(batch.bytes(), batch.size());
    segments.append(batch.bytes(), batch.size());
  }

  private void startSegment(long firstCounter) throws IOException {
    Segment segment = new Segment(directory, firstCounter);
    SegmentWriter next = SegmentWriter.create(segment.file());
    if (writer != null) {
      writer.close();
    }
    writer = next;
    segments.add(segment);
  }

  /** What is on disk, for reading and trimming. */
  Segments segments() {
    return segments;
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
}
