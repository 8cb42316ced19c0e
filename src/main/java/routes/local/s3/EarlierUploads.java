package routes.local.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away, once, what S3Proxy left among the objects while it wrote this folder.
 *
 * <p>It wrote an object as {@code <key>-<random UUID>} beside its key and then moved it; a killed
 * process left that file behind. An object with such a key was <em>claimed</em> by an empty file in
 * a folder beside. What has the form and no claim is an upload, and so is each part of an upload in
 * parts, under names of S3Proxy's own. Only that folder, which it always had, tells that it wrote
 * here: without it, all is left as it is.
 */
final class EarlierUploads {

  private static final Logger log = LoggerFactory.getLogger(EarlierUploads.class);

  /** As {@code AbstractNio2BlobStore.putBlob} of S3Proxy 4.1.0 names it: a version 4 UUID. */
  private static final Pattern UPLOAD =
      Pattern.compile(
          ".*[^/]-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
          Pattern.DOTALL);

  private final Path objects;
  private final Path claims;

  /**
   * @param objects the folder that has one of each bucket
   * @param claims the folder of the claims, which is there when S3Proxy wrote
   */
  EarlierUploads(Path objects, Path claims) {
    this.objects = objects;
    this.claims = claims;
  }

  /** To be called while nothing is written, and before anything but S3Proxy wrote here. */
  void delete() throws IOException {
    if (Files.notExists(claims)) {
      return;
    }
    int[] deleted = {0};
    Files.walkFileTree(
        objects,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (isPart(file) || (UPLOAD.matcher(file.toString()).matches() && !isClaimed(file))) {
              Files.delete(file);
              deleted[0]++;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (isPart(folder)) {
              Files.delete(folder);
            }
            return super.postVisitDirectory(folder, failure);
          }
        });
    if (deleted[0] > 0) {
      log.info("Deleted {} files of unfinished uploads of an earlier version", deleted[0]);
    }
  }

  /** Deletes the claims, if there are any: from now on nothing is known to be an upload. */
  void deleteClaims() throws IOException {
    if (Files.exists(claims)) {
      try (var files = Files.newDirectoryStream(claims)) {
        for (Path claim : files) {
          Files.delete(claim);
        }
      }
      Files.delete(claims);
    }
  }

  private boolean isPart(Path file) {
    for (Path name : objects.relativize(file)) {
      if (name.toString().startsWith(".mpus-")
          || name.toString().startsWith(".s3proxy-mpu-stub-")) {
        return true;
      }
    }
    return false;
  }

  /** A claim is named by a hash, because a key may be longer than a file name. */
  private boolean isClaimed(Path file) {
    byte[] name = objects.relativize(file).toString().getBytes(StandardCharsets.UTF_8);
    return Files.exists(
        claims.resolve(HexFormat.of().formatHex(Md5.digest("SHA-256").digest(name))));
  }
}
