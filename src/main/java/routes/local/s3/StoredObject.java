package routes.local.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as it lies on disk.
 *
 * @param etag without quotes; null for a file that was laid there by hand
 * @param size in bytes
 * @param modified in whole seconds, as HTTP has it
 */
record StoredObject(@Nullable String etag, long size, Instant modified, Metadata metadata) {

  private static final String DEFAULT_TYPE = "binary/octet-stream";
  private static final String FOLDER_TYPE = "application/x-directory";

  /**
   * Reads what is known of a file or folder.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  static StoredObject read(Path path) throws IOException {
    BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
    StoredAttributes attributes = new StoredAttributes(path);
    Metadata metadata = attributes.metadata();
    return new StoredObject(
        attributes.etag(),
        file.isDirectory() ? 0 : file.size(),
        modified(file),
        metadata.typed(() -> typeOf(path, file.isDirectory())));
  }

  /** Reads what a listing shows of a file. */
  static StoredObject shown(Path path, BasicFileAttributes file) throws IOException {
    StoredAttributes attributes = new StoredAttributes(path);
    return new StoredObject(
        attributes.etag(), file.size(), modified(file), attributes.storageClass());
  }

  private static Instant modified(BasicFileAttributes file) {
    return file.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** The headers of an answer about it. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    metadata.addTo(headers);
    if (etag != null) {
      headers.put("ETag", quoted(etag));
    }
    headers.put("Last-Modified", Reply.httpDate(modified));
    headers.put("Accept-Ranges", "bytes");
    headers.put("Content-Length", Long.toString(size));
    return headers;
  }

  static String quoted(String etag) {
    return "\"" + etag + "\"";
  }

  private static String typeOf(Path path, boolean isFolder) throws IOException {
    if (isFolder) {
      return FOLDER_TYPE;
    }
    String type = Files.probeContentType(path);
    return type == null ? DEFAULT_TYPE : type;
  }
}
