package routes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/**
 * The folder that finished files are moved to. The last ones moved are still watched: whoever has
 * such a file open writes on to it wherever it is, and that must not be lost. For one thread.
 */
final class DoneFolder implements AutoCloseable {

  static final String NAME = "done";

  private static final int MAX_WATCHED = 1_000;
  private static final int LOOKED_AT_ONCE = 50;
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path inbox;
  private final Offsets offsets;
  private final Deque<FollowedFile> watched = new ArrayDeque<>();

  DoneFolder(Path inbox, Offsets offsets) {
    this.inbox = inbox;
    this.offsets = offsets;
  }

  /** Moves a file in under its name or, where that is taken, in a folder named after a time. */
  void move(FollowedFile file, FileOffset offset, long now) throws IOException {
    Path name = file.state().path().getFileName();
    Path folder = inbox.resolve(NAME);
    if (Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
      folder = folder.resolve(WHEN.format(Instant.ofEpochMilli(offset.since())));
    }
    Files.createDirectories(folder);
    Path target = folder.resolve(name);
    // Noted first: after a crash the file is found by its key where it was, or else here.
    offsets.reach(offset.in(inbox.relativize(target).toString(), offset.key()));
    Files.move(file.state().path(), target);
    file.seen(FileState.of(target), now);
    watch(file);
  }

  /** Watches on what was moved here before a restart; whether it is here. */
  boolean resume(FileOffset offset, long now) throws IOException {
    try {
      Path path = inbox.resolve(offset.file());
      if (path.startsWith(inbox.resolve(NAME)) && isStill(path, offset.key())) {
        watch(new FollowedFile(FileState.of(path), now));
        return true;
      }
    } catch (InvalidPathException notInThisLocale) {
      // Its name could not be written down either; the file is as good as not here.
    }
    return false;
  }

  /** Leaves the files that were moved back into the inbox to it. */
  void release(Set<String> keys) throws IOException {
    for (FollowedFile file : watched) {
      if (keys.contains(file.state().key())) {
        file.close();
      }
    }
    watched.removeIf(file -> keys.contains(file.state().key()));
  }

  /** Looks after some of the files, others each time, and answers all that are watched. */
  Collection<FollowedFile> look(long now) throws IOException {
    for (int left = Math.min(LOOKED_AT_ONCE, watched.size()); left > 0; left--) {
      FollowedFile file = watched.removeFirst();
      if (isStill(file.state().path(), file.state().key())) {
        file.seen(FileState.of(file.state().path()), now);
        watched.addLast(file);
      } else if (file.seenNowhere(now)) {
        watched.addLast(file);
      } else {
        forget(file);
      }
    }
    return watched;
  }

  @Override
  public void close() throws IOException {
    for (FollowedFile file : watched) {
      file.close();
    }
  }

  private void watch(FollowedFile file) throws IOException {
    watched.addLast(file);
    if (watched.size() > MAX_WATCHED) {
      forget(watched.removeFirst());
    }
  }

  private void forget(FollowedFile file) throws IOException {
    file.close();
    offsets.forget(file.state().key());
  }

  private static boolean isStill(Path path, String key) throws IOException {
    try {
      return FileState.of(path).key().equals(key);
    } catch (NoSuchFileException gone) {
      return false;
    }
  }
}
