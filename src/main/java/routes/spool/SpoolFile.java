package routes.spool;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.json.ByteSlice;

/**
 * A file of the spool, deleted when it is of no more use or when nobody has it any more. To be
 * written and read by one thread at a time.
 */
public final class SpoolFile {

  /** Writes into a file. */
  @FunctionalInterface
  public interface Writing {
    void writeTo(OutputStream out) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(SpoolFile.class);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int BUFFER = 64 * 1024;

  /** What is read ahead: lines that are read by their time stand near each other. */
  private static final int WINDOW = 8 * 1024;

  private static final long SLOW_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long SLOW_BYTES_A_SECOND = 1 << 20;

  private final Spool spool;
  private final Path path;
  private final Disk disk;
  private final LongSupplier nanoTime;
  private final AtomicLong length = new AtomicLong();
  private final Cleaner.Cleanable deletion;
  private @Nullable RandomAccessFile reader;
  private byte[] window = {};
  private long windowStart;
  private int windowLength;

  /** Must not know of the file itself, or somebody always had it. */
  private record Deletion(Spool spool, Path path, AtomicLong length) implements Runnable {

    @Override
    public void run() {
      try {
        Files.deleteIfExists(path);
        spool.change(-length.getAndSet(0));
      } catch (IOException failure) {
        LOG.warn("{} could not be deleted; the next start will", path, failure);
      }
    }
  }

  SpoolFile(Spool spool, Path path, Disk disk, LongSupplier nanoTime) {
    this.spool = spool;
    this.path = path;
    this.disk = disk;
    this.nanoTime = nanoTime;
    deletion = CLEANER.register(this, new Deletion(spool, path, length));
  }

  /**
   * Writes on, after what was written before.
   *
   * @throws IOException after which it is as it was before
   */
  public void append(Writing writing) throws IOException {
    TimedStream timed = write(writing);
    length.addAndGet(timed.bytes);
    spool.change(timed.bytes);
    if (timed.isSlow()) {
      spool.fail(
          "it took %s s for %s bytes"
              .formatted(Duration.ofNanos(timed.nanos).toSeconds(), timed.bytes));
    } else {
      spool.succeed();
    }
  }

  private TimedStream write(Writing writing) throws IOException {
    try (TimedStream timed = new TimedStream(disk.append(path, length.get()));
        OutputStream out = new BufferedOutputStream(timed, BUFFER)) {
      writing.writeTo(out);
      out.flush();
      return timed;
    } catch (InterruptedIOException stopping) {
      throw stopping;
    } catch (IOException failure) {
      spool.fail(failure);
      throw failure;
    }
  }

  /** What is written, in bytes. */
  public long length() {
    return length.get();
  }

  /** For who reads all of it, as long as this is not deleted. */
  public File toFile() {
    return path.toFile();
  }

  /** Whether it is there still, as others may clean up too. */
  public boolean exists() {
    return Files.exists(path);
  }

  /** Reads it from its beginning. */
  public InputStream open() throws IOException {
    return new BufferedInputStream(new FileInputStream(path.toFile()), BUFFER);
  }

  /** Reads a stretch of it, which is good until the next is read. */
  public ByteSlice read(long at, int bytes) throws IOException {
    if (at < windowStart || at + bytes > windowStart + windowLength) {
      fill(at, bytes);
    }
    return new ByteSlice(window, (int) (at - windowStart), bytes);
  }

  private void fill(long at, int bytes) throws IOException {
    if (reader == null) {
      reader = new RandomAccessFile(path.toFile(), "r");
    }
    if (window.length < bytes) {
      window = new byte[Math.max(WINDOW, bytes)];
    }
    windowStart = at;
    windowLength = 0;
    reader.seek(at);
    while (windowLength < bytes) {
      int count = reader.read(window, windowLength, window.length - windowLength);
      if (count < 0) {
        throw new EOFException(path + " ends before byte " + (at + bytes));
      }
      windowLength += count;
    }
  }

  /** Closes what {@link #read} has opened. */
  public void endReading() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
    window = new byte[] {};
    windowLength = 0;
  }

  /** Deletes it; once, however often this is called. */
  public void delete() {
    deletion.clean();
  }

  /** Counts bytes, and how long the disk had to take them. */
  private final class TimedStream extends OutputStream {

    private final OutputStream out;
    private long bytes;
    private long nanos;

    TimedStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
      long before = nanoTime.getAsLong();
      out.write(from, offset, count);
      nanos += nanoTime.getAsLong() - before;
      bytes += count;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }

    boolean isSlow() {
      return nanos > SLOW_NANOS && bytes / (nanos / 1e9) < SLOW_BYTES_A_SECOND;
    }
  }
}
