package routes.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import routes.cloud.CloudException;
import routes.files.DurableFiles;

/**
 * The directory that holds all data of the embedded cloud, held by one process at a time.
 *
 * <p>The operating system releases the lock when the process ends, however it ends.
 */
final class DataDirectory implements AutoCloseable {

  private static final long MINIMUM_FREE_BYTES = 64L << 20;

  private final Path root;
  private final FileChannel lock;

  private DataDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Creates the directory if needed, locks it and checks that its file system will do.
   *
   * @throws CloudException when it cannot be used; the message says why and what to do
   */
  static DataDirectory open(Path path) {
    Path root = path.toAbsolutePath().normalize();
    try {
      DurableFiles.createDirectories(root);
      FileChannel lock = lock(root);
      try {
        FileSystemProbe.check(root, MINIMUM_FREE_BYTES);
        return new DataDirectory(root, lock);
      } catch (CloudException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new CloudException(
          "DATA_DIR %s cannot be used (%s): choose a directory this user may write to"
              .formatted(root, e),
          e);
    }
  }

  /** A directory for one service, created if it is not there. */
  Path directory(String service) {
    try {
      DurableFiles.createDirectories(place(service));
      return place(service);
    } catch (IOException e) {
      throw new CloudException("DATA_DIR %s: cannot create %s (%s)".formatted(root, service, e), e);
    }
  }

  /** Where one service has something, whether it is there or not. */
  Path place(String service) {
    return root.resolve(service);
  }

  /** Whether each spelling of a file's name is a file of its own. */
  boolean namesAreExact() throws IOException {
    return FileSystemProbe.namesAreExact(root);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      String holder = holder(channel);
      channel.close();
      throw new CloudException(
          "DATA_DIR %s is in use by %s: stop it or choose another directory"
              .formatted(root, holder));
    }
    channel.truncate(0);
    channel.write(StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())));
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      // Far behind the process id, which must stay readable where locks are mandatory.
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid, 0);
    String text = StandardCharsets.US_ASCII.decode(pid.flip()).toString();
    return text.isEmpty() ? "another process" : "process " + text;
  }
}
