package routes.local.s3;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a bucket's keys, collected folder by folder in the order of the keys. A page costs
 * the folders it shows, and reads only the objects it shows.
 */
final class Listing {

  /**
   * What a page shows.
   *
   * @param name a key, or with a delimiter what keys have in common
   * @param object null for what keys have in common
   */
  record Entry(String name, @Nullable StoredObject object) {}

  /**
   * One page.
   *
   * @param isTruncated whether there is more behind the last entry
   */
  record Page(List<Entry> entries, boolean isTruncated) {

    /** Where the next page begins, as that of a list is asked for; null when there is none. */
    @Nullable String next() {
      return isTruncated && !entries.isEmpty() ? entries.get(entries.size() - 1).name() : null;
    }
  }

  private record Child(String key, Path path, BasicFileAttributes attributes) {}

  private final ObjectFiles files;
  private final String bucket;
  private final String prefix;
  private final String after;
  private final boolean isFlat;
  private final int limit;
  private final List<Entry> entries = new ArrayList<>();
  private boolean isTruncated;

  private Listing(
      ObjectFiles files, String bucket, String prefix, String after, boolean isFlat, int limit) {
    this.files = files;
    this.bucket = bucket;
    this.prefix = prefix;
    this.after = after;
    this.isFlat = isFlat;
    this.limit = limit;
  }

  /**
   * Reads a page.
   *
   * @param after what the page begins behind
   * @param isFlat whether folders are gone into, or shown
   * @throws S3Exception when there is no such bucket
   */
  static Page read(
      ObjectFiles files, String bucket, String prefix, String after, boolean isFlat, int limit)
      throws IOException {
    Listing listing = new Listing(files, bucket, prefix, after, isFlat, limit);
    Path root = files.folder(bucket);
    String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    if (folder.isEmpty() || files.isFolder(bucket, folder)) {
      listing.visit(folder, root.resolve(folder));
    }
    return new Page(listing.entries, listing.isTruncated);
  }

  private void visit(String folder, Path path) throws IOException {
    if (!folder.isEmpty() && folder.startsWith(prefix)) {
      // Only a client makes an object of a folder.
      addFolder(folder, path);
    }
    for (Child child : children(folder, path)) {
      if (isTruncated) {
        return;
      }
      if (!child.attributes().isDirectory()) {
        addFile(child);
      } else if (isFlat) {
        if (after.startsWith(child.key()) || isBehind(child.key())) {
          visit(child.key(), child.path());
        }
      } else if (hasMore(child.key()) && !isFull()) {
        entries.add(new Entry(child.key(), null));
      }
    }
  }

  /** Whether a folder has keys behind where the page begins. */
  private boolean hasMore(String folder) throws IOException {
    return isBehind(folder)
        || (after.startsWith(folder)
            && !after.equals(folder)
            && !read(files, bucket, folder, after, true, 1).entries().isEmpty());
  }

  private void addFolder(String key, Path path) throws IOException {
    try {
      if (isBehind(key) && new StoredAttributes(path).etag() != null && !isFull()) {
        entries.add(new Entry(key, StoredObject.read(path)));
      }
    } catch (NoSuchFileException deletedMeanwhile) {
      // Then it is not there.
    }
  }

  private void addFile(Child file) throws IOException {
    if (isBehind(file.key()) && !isFull()) {
      try {
        entries.add(new Entry(file.key(), StoredObject.shown(file.path(), file.attributes())));
      } catch (NoSuchFileException deletedMeanwhile) {
        // Then it is not there.
      }
    }
  }

  private boolean isBehind(String key) {
    return ObjectKeys.ORDER.compare(key, after) > 0;
  }

  private boolean isFull() {
    isTruncated = entries.size() == limit;
    return isTruncated;
  }

  private List<Child> children(String folder, Path path) throws IOException {
    String beginning = prefix.startsWith(folder) ? prefix.substring(folder.length()) : "";
    List<Child> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
      for (Path child : stream) {
        String name = String.valueOf(child.getFileName());
        if (name.startsWith(beginning) && !ObjectKeys.isReserved(name)) {
          addTo(children, folder + name, child);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException deletedMeanwhile) {
      return List.of();
    }
    children.sort(Comparator.comparing(Child::key, ObjectKeys.ORDER));
    return children;
  }

  private static void addTo(List<Child> children, String key, Path path) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      children.add(new Child(attributes.isDirectory() ? key + "/" : key, path, attributes));
    } catch (NoSuchFileException deletedMeanwhile) {
      // Then it is not there.
    }
  }
}
