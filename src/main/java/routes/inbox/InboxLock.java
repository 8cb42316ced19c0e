package routes.inbox;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps other processes out of an inbox: two would publish every line twice. */
final class InboxLock implements AutoCloseable {

  /** Looked at first, as closing a file that this process has locked would unlock it. */
  private static final Set<Path> TAKEN_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final @Nullable Object key;

  private InboxLock(Path file, FileChannel channel, @Nullable Object key) {
    this.file = file;
    this.channel = channel;
    this.key = key;
  }

  /**
   * Takes the lock until it is closed or the process ends, however it does.
   *
   * @throws IOException when somebody else has it
   */
  static InboxLock take(Path folder) throws IOException {
    Path file = folder.toRealPath().resolve("lock");
    if (!TAKEN_HERE.add(file)) {
      throw taken(file);
    }
    try {
      return take(file, FileChannel.open(file, CREATE, WRITE));
    } catch (IOException | RuntimeException failure) {
      TAKEN_HERE.remove(file);
      throw failure;
    }
  }

  private static InboxLock take(Path file, FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() == null) {
        throw taken(file);
      }
      return new InboxLock(file, channel, keyOf(file));
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  private static IOException taken(Path file) {
    return new IOException(
        "another process reads this inbox and holds %s; it is this one's turn when that one ends"
            .formatted(file));
  }

  /** Whether the file that was locked is still the one that others would lock. */
  boolean isInPlace() throws IOException {
    try {
      return Objects.equals(keyOf(file), key);
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      TAKEN_HERE.remove(file);
    }
  }

  private static @Nullable Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }
}
