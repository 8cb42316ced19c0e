package routes.spool;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of files that are worth nothing once this process has ended: what an earlier one left is
 * deleted. One process at a time has the folder. Where its disk is full, slow or cannot be written,
 * that is told, and tried again after a while.
 */
@ThreadSafe
public final class Spool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final String SUFFIX = ".spooled";
  private static final long AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

  private final Path folder;
  private final long limit;
  private final Disk disk;
  private final LongSupplier nanoTime;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong created = new AtomicLong();

  @GuardedBy("this")
  private @Nullable FileChannel lock;

  @GuardedBy("this")
  private @Nullable Trouble trouble;

  private record Trouble(String reason, long sinceNanos) {}

  /**
   * @param nanoTime {@link System#nanoTime}, or one that a test sets
   */
  Spool(Path folder, long limit, Disk disk, LongSupplier nanoTime) {
    this.folder = folder;
    this.limit = limit;
    this.disk = disk;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes a folder, which is created where it is missing; if it cannot be had now, later.
   *
   * @param limit what may lie there, in bytes
   */
  public static Spool open(Path folder, long limit) {
    Spool spool = new Spool(folder, limit, Disk::local, System::nanoTime);
    spool.isUsable();
    return spool;
  }

  /** Whether anything can be written, as far as is known. */
  public synchronized boolean isUsable() {
    if (trouble != null && nanoTime.getAsLong() - trouble.sinceNanos() < AGAIN_NANOS) {
      return false;
    }
    if (lock == null) {
      try {
        lock = take();
      } catch (IOException failure) {
        fail(failure);
        return false;
      }
    }
    return true;
  }

  /** Whether there is room for so many bytes more. */
  public boolean takes(long bytes) {
    return used.get() + bytes <= limit && isUsable();
  }

  /** Why nothing is written, or empty where all is well. */
  public synchronized Optional<String> trouble() {
    return Optional.ofNullable(trouble).map(Trouble::reason);
  }

  /** A file that is not there yet. */
  public SpoolFile create() {
    return new SpoolFile(this, folder.resolve(created.incrementAndGet() + SUFFIX), disk, nanoTime);
  }

  /** What lies there, in bytes; files that are still being written excepted. */
  public long used() {
    return used.get();
  }

  /** What may lie there, in bytes. */
  public long limit() {
    return limit;
  }

  /** Gives the folder to the next process. */
  @Override
  public synchronized void close() {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException failure) {
        LOG.warn("The lock of {} could not be closed", folder, failure);
      }
    }
  }

  void change(long bytes) {
    used.addAndGet(bytes);
  }

  void fail(IOException failure) {
    String message = failure.getMessage();
    // That of a file system names the file, and its class says what is wrong with it.
    fail(message == null || failure instanceof FileSystemException ? failure.toString() : message);
  }

  synchronized void fail(String reason) {
    String text =
        "SPOOL_DIR %s cannot be used (%s): objects are closed early, and smaller"
            .formatted(folder, reason);
    if (trouble == null) {
      LOG.warn(text);
    }
    trouble = new Trouble(text, nanoTime.getAsLong());
  }

  synchronized void succeed() {
    trouble = null;
  }

  private FileChannel take() throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw inUse();
      }
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
        for (Path file : left) {
          Files.deleteIfExists(file);
        }
      }
      return channel;
    } catch (OverlappingFileLockException ours) {
      channel.close();
      throw inUse();
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  private static IOException inUse() {
    return new IOException("another process has it: give each one a folder of its own");
  }
}
