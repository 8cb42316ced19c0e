package routes.inbox;

import java.io.IOException;
import java.nio.file.PathMatcher;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a folder that are read: found by name, and from then on known by their keys. */
final class FollowedFiles implements AutoCloseable {

  /** Of the files that wait for more to come, how many are kept open. */
  private static final int MAX_OPEN = 128;

  private static final int MAX_NAMED = 10;

  private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);

  private final String include;
  private final PathMatcher matcher;
  private final Offsets offsets;
  private final Map<String, FollowedFile> byKey = new LinkedHashMap<>();
  private Map<String, String> passedOver = Map.of();

  FollowedFiles(InboxSettings settings, Offsets offsets) {
    this.include = settings.include();
    this.matcher = settings.matcher();
    this.offsets = offsets;
  }

  Collection<FollowedFile> all() {
    return byKey.values();
  }

  /** What is not read, by name, with the reason. */
  Map<String, String> passedOver() {
    return passedOver;
  }

  /** Takes note of what the folder shows. */
  void see(FolderListing listing, long now) throws IOException {
    Map<String, String> others = new TreeMap<>(listing.others());
    others.remove(DoneFolder.NAME);
    Set<String> present = new HashSet<>();
    for (FileState file : listing.files()) {
      if (isFollowed(file, now)) {
        present.add(file.key());
      } else {
        others.put(file.name(), "its name is not of the form " + include);
      }
    }
    for (Iterator<FollowedFile> all = byKey.values().iterator(); all.hasNext(); ) {
      FollowedFile file = all.next();
      if (!present.contains(file.state().key()) && !file.seenNowhere(now)) {
        all.remove();
        leave(file);
      }
    }
    tellOf(others);
    passedOver = others;
  }

  /** Leaves a file waiting for more to come. */
  void rest(FollowedFile file) throws IOException {
    file.rest();
    if (!file.open().growing() || open() > MAX_OPEN) {
      file.close();
    }
  }

  boolean holds(FollowedFile file) {
    return byKey.get(file.state().key()) == file;
  }

  /** The file is done with. */
  void remove(FollowedFile file) throws IOException {
    // By itself: where a file system has no keys, a file that was moved has another one.
    byKey.values().remove(file);
    file.close();
  }

  @Override
  public void close() throws IOException {
    for (FollowedFile file : byKey.values()) {
      file.close();
    }
  }

  private long open() {
    return byKey.values().stream().filter(FollowedFile::isOpen).count();
  }

  private boolean isFollowed(FileState file, long now) throws IOException {
    FollowedFile known = byKey.get(file.key());
    if (known != null) {
      known.seen(file, now);
      return true;
    }
    if (!matcher.matches(file.path().getFileName()) && !offsets.isBegun(file)) {
      return false;
    }
    byKey.put(file.key(), new FollowedFile(file, now));
    return true;
  }

  private void leave(FollowedFile file) throws IOException {
    if (file.isFinished() && file.trouble() == null) {
      offsets.forget(file.state().key());
    } else {
      LOG.warn("{} is gone before it was read to its end", file.state().path());
      offsets.lose(file.state().key());
    }
    file.close();
  }

  /** Once for each, in one line: nobody should wait for a file that is not read. */
  private void tellOf(Map<String, String> others) {
    List<String> news =
        others.entrySet().stream()
            .filter(other -> !passedOver.containsKey(other.getKey()))
            .map(other -> other.getKey() + " (" + other.getValue() + ")")
            .toList();
    if (!news.isEmpty()) {
      LOG.warn(
          "{} in the inbox not read: {}{}",
          news.size(),
          String.join(", ", news.subList(0, Math.min(news.size(), MAX_NAMED))),
          news.size() > MAX_NAMED ? ", …" : "");
    }
  }
}
