package routes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;

/**
 * A file at one moment.
 *
 * @param key device and inode, or the path where the file system has none
 */
record FileState(Path path, String key, long size, FileTime modified) {

  static final Comparator<FileState> OLDEST_FIRST =
      Comparator.comparing(FileState::modified).thenComparing(FileState::path);

  static FileState of(Path path) throws IOException {
    return of(
        path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }

  static FileState of(Path path, BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return new FileState(
        path,
        key == null ? path.toString() : key.toString(),
        attributes.size(),
        attributes.lastModifiedTime());
  }

  String name() {
    return path.getFileName().toString();
  }

  FileState withSize(long bytes) {
    return new FileState(path, key, bytes, modified);
  }

  /** Whether the file has been written to in between. */
  boolean differsFrom(FileState earlier) {
    return size != earlier.size || !modified.equals(earlier.modified);
  }
}
