package routes.inbox;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far each file has been published, and what was lost sight of: files that were rewritten, or
 * are gone, may turn up again as a copy under a similar name. For one thread.
 */
final class Offsets {

  /** A compressed copy may take its time. */
  private static final Duration LOST_FOR_GOOD = Duration.ofHours(1);

  private final OffsetStore store;
  private final InstantSource clock;
  private final Map<String, FileOffset> byKey = new HashMap<>();
  private final List<Lost> lost = new ArrayList<>();
  private @Nullable FileOffset unsaved;
  private long lastStart;

  private record Lost(FileOffset offset, Instant at) {}

  Offsets(OffsetStore store, InstantSource clock) throws IOException {
    this.store = store;
    this.clock = clock;
    for (FileOffset offset : store.load()) {
      FileOffset other = byKey.get(offset.key());
      if (other != null && other.since() > offset.since()) {
        lose(offset);
      } else {
        byKey.put(offset.key(), offset);
        if (other != null) {
          lose(other);
        }
      }
    }
  }

  Collection<FileOffset> all() {
    return List.copyOf(byKey.values());
  }

  /** Of a file that was found before. */
  FileOffset of(String key) {
    return Objects.requireNonNull(byKey.get(key));
  }

  /** How many bytes of a file are known to be published; not more than it has. */
  long published(FileState file) {
    FileOffset offset = byKey.get(file.key());
    return offset == null ? 0 : Math.min(offset.offset(), file.size());
  }

  /**
   * Where to go on in a file.
   *
   * @param complete whether the file has not changed for a while
   * @return null when it may be a copy of a file that is about to be cut, which shows in a while
   */
  @Nullable FileOffset find(FileState file, Content content, boolean complete) throws IOException {
    FileOffset known = byKey.get(file.key());
    if (known != null && known.isIn(content)) {
      return known;
    }
    lose(file.key());
    FileOffset original = original(file, content);
    if (original != null) {
      lost.removeIf(one -> one.offset().equals(original));
      return start(original.in(file.name(), file.key()));
    }
    if (!complete && beginsLikeAnother(file, content)) {
      return null;
    }
    lastStart = Math.max(clock.millis(), lastStart + 1);
    return start(FileOffset.start(file.name(), file.key(), lastStart));
  }

  /**
   * Whether a file, whatever it is called now, has been published in part; no if it is unreadable.
   */
  boolean isBegun(FileState file) {
    FileOffset known = byKey.get(file.key());
    if (known == null && lost.stream().noneMatch(one -> isNamedLike(file, one.offset()))) {
      return false;
    }
    try (OpenFile open = OpenFile.of(file)) {
      return (known != null && known.isIn(open.content()))
          || original(file, open.content()) != null;
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** Takes note that lines are published; they are not published again by this process. */
  void reach(FileOffset offset) throws IOException {
    byKey.put(offset.key(), offset);
    unsaved = offset;
    save();
  }

  /** Saves what could not be saved before. */
  void save() throws IOException {
    if (unsaved != null) {
      store.save(unsaved);
      unsaved = null;
    }
  }

  /** The file is done with, for good. */
  void forget(String key) throws IOException {
    FileOffset offset = byKey.remove(key);
    if (offset != null) {
      unsaved = offset.equals(unsaved) ? null : unsaved;
      store.delete(offset);
    }
  }

  /** The file is not there any more; a copy may be, or come. */
  void lose(String key) throws IOException {
    FileOffset offset = byKey.remove(key);
    if (offset != null) {
      lose(offset);
    }
  }

  private void lose(FileOffset offset) throws IOException {
    if (offset.offset() == 0) {
      store.delete(offset);
    } else {
      lost.add(new Lost(offset, clock.instant()));
    }
  }

  /** Gives up what has been lost for long. */
  void expire() throws IOException {
    Instant earliest = clock.instant().minus(LOST_FOR_GOOD);
    for (Iterator<Lost> all = lost.iterator(); all.hasNext(); ) {
      Lost one = all.next();
      if (one.at().isBefore(earliest)) {
        all.remove();
        store.delete(one.offset());
      }
    }
  }

  private FileOffset start(FileOffset offset) throws IOException {
    // Saved before the first line is published, so that it gets the same id after a crash.
    reach(offset);
    return offset;
  }

  private @Nullable FileOffset original(FileState file, Content content) throws IOException {
    for (Lost one : lost) {
      if (isNamedLike(file, one.offset()) && one.offset().isIn(content)) {
        return one.offset();
      }
    }
    return null;
  }

  private boolean beginsLikeAnother(FileState file, Content content) throws IOException {
    Map<Integer, Fingerprint> beginnings = new HashMap<>();
    for (FileOffset other : byKey.values()) {
      if (other.offset() > 0 && isNamedLike(file, other)) {
        int length = other.beginning().length();
        if (!beginnings.containsKey(length)) {
          beginnings.put(length, Fingerprint.of(content, length));
        }
        if (other.beginning().equals(beginnings.get(length))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Copies are called {@code app.jsonl.1}, {@code app-20261120.jsonl.gz} or the like. */
  private static boolean isNamedLike(FileState file, FileOffset original) {
    String name = original.file();
    int dot = name.indexOf('.');
    return file.name().startsWith(dot < 0 ? name : name.substring(0, dot));
  }
}
