package routes.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells S3Proxy's uploads in progress from objects.
 *
 * <p>S3Proxy writes an object as {@code <key>-<random UUID>} beside its key and then links or
 * renames it; a killed process leaves that file behind. A client may use such a key too (Firehose
 * does), so a key of this form is <em>claimed</em> on disk before anything is written under it.
 * What has the form and no claim is an upload. Claims are never withdrawn while the cloud runs,
 * since a delete could otherwise race with a put of the same key.
 *
 * <p>Safe for use by several threads.
 */
final class UploadNames {

  /** As {@code AbstractNio2BlobStore.putBlob} of S3Proxy 4.1.0 names it: a version 4 UUID. */
  private static final Pattern UPLOAD =
      Pattern.compile(
          ".*[^/]-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
          Pattern.DOTALL);

  /** How much longer an upload's name is than its object's. */
  static final int SUFFIX_LENGTH = 37;

  private final Path objects;
  private final Path claims;

  /**
   * @param objects the directory that holds a directory per bucket
   * @param claims a directory for the claims, one empty file each
   */
  UploadNames(Path objects, Path claims) {
    this.objects = objects;
    this.claims = claims;
  }

  /** To be called before an object is written. */
  void claim(String bucket, String key) {
    if (UPLOAD.matcher(key).matches()) {
      try {
        Files.newOutputStream(claims.resolve(claimOf(pathOf(bucket, key)))).close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  boolean isUpload(String bucket, String key) {
    return UPLOAD.matcher(key).matches() && isUnclaimed(pathOf(bucket, key));
  }

  /**
   * Deletes what a killed process left behind, and claims whose object is gone. To be called while
   * nothing is written.
   *
   * @return how many uploads were deleted
   */
  int deleteLeftOvers() throws IOException {
    Set<String> live = new HashSet<>();
    int[] deleted = {0};
    Files.walkFileTree(
        objects,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (UPLOAD.matcher(file.toString()).matches()) {
              if (isUnclaimed(file)) {
                Files.delete(file);
                deleted[0]++;
              } else {
                live.add(claimOf(file));
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
    try (var files = Files.newDirectoryStream(claims, f -> !live.contains(nameOf(f)))) {
      for (Path stale : files) {
        Files.delete(stale);
      }
    }
    return deleted[0];
  }

  private boolean isUnclaimed(Path file) {
    return Files.notExists(claims.resolve(claimOf(file)));
  }

  private Path pathOf(String bucket, String key) {
    return objects.resolve(bucket).resolve(key).normalize();
  }

  /** A hash, because a key may be longer than a file name. */
  private String claimOf(Path file) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] name = objects.relativize(file).toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(sha256.digest(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }
}
