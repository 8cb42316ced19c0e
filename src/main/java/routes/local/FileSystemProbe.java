package routes.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.jspecify.annotations.Nullable;
import routes.cloud.CloudException;
import routes.local.s3.EmbeddedS3;

/**
 * Tries out what the embedded S3 needs of a file system: extended attributes hold an object's
 * metadata.
 */
final class FileSystemProbe {

  private FileSystemProbe() {}

  /**
   * Leaves the directory as it was.
   *
   * @throws CloudException when something is missing or fewer than {@code minimumFreeBytes} are
   *     free
   * @throws IOException when the directory cannot be written to
   */
  static void check(Path directory, long minimumFreeBytes) throws IOException {
    FileStore store = Files.getFileStore(directory);
    if (store.getUsableSpace() < minimumFreeBytes) {
      throw new CloudException(
          "DATA_DIR %s is on a full disk (%s MiB free, %s MiB needed): free some space or choose another directory"
              .formatted(directory, store.getUsableSpace() >> 20, minimumFreeBytes >> 20));
    }
    Path probe = Files.createTempFile(directory, "probe", null);
    try {
      writeAttribute(probe, directory, store);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /**
   * Whether upper and lower case, and the ways to write an accent, are files of their own in this
   * directory.
   */
  static boolean namesAreExact(Path directory) throws IOException {
    return isExact(directory, "probe", "PROBE") && isExact(directory, "prob\u00e9", "probe\u0301");
  }

  private static boolean isExact(Path directory, String name, String otherSpelling)
      throws IOException {
    Path probe = null;
    try {
      probe = Files.createTempFile(directory, name, null);
      String other = String.valueOf(probe.getFileName()).replace(name, otherSpelling);
      return Files.notExists(directory.resolve(other));
    } catch (InvalidPathException noSuchNames) {
      return true;
    } finally {
      if (probe != null) {
        Files.delete(probe);
      }
    }
  }

  private static void writeAttribute(Path probe, Path directory, FileStore store) {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class);
    if (view == null) {
      throw unsupported(directory, store, null);
    }
    try {
      view.write("probe", ByteBuffer.wrap(new byte[EmbeddedS3.METADATA_BYTES]));
    } catch (IOException | UnsupportedOperationException e) {
      throw unsupported(directory, store, e);
    }
  }

  private static CloudException unsupported(
      Path directory, FileStore store, @Nullable Exception cause) {
    return new CloudException(
        "DATA_DIR %s is on a file system (%s) without extended attributes, which the embedded S3 needs: choose a directory on a local disk such as ext4, XFS, Btrfs or APFS"
            .formatted(directory, store.type()),
        cause);
  }
}
