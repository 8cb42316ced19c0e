package routes.local.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an object, in the extended attributes of its file. The form is that of S3Proxy,
 * which wrote these files until there was an S3 of our own.
 */
final class StoredAttributes {

  private static final String PREFIX = "user.";
  private static final String ETAG = PREFIX + "content-md5";
  private static final String EXPIRES = PREFIX + "expires";
  private static final String STORAGE_CLASS = PREFIX + "storage-tier";
  private static final String USER = PREFIX + "user-metadata.";
  private static final String CHECKSUM = USER + "s3proxy_checksum_";

  private static final int MD5_BYTES = 16;
  private static final int MAX_ETAG_BYTES = 64;

  private final Path file;
  private final UserDefinedFileAttributeView attributes;

  StoredAttributes(Path file) {
    this.file = file;
    attributes = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
  }

  /**
   * Stores the entity tag.
   *
   * @param etag without quotes
   */
  void writeEtag(String etag) throws IOException {
    byte[] md5 = Md5.bytesOrEmpty(etag);
    attributes.write(
        ETAG,
        md5.length > 0
            ? ByteBuffer.wrap(md5)
            : StandardCharsets.US_ASCII.encode("\"%s\"".formatted(etag)));
  }

  /** The entity tag without quotes; null for what no client has put, such as a mere folder. */
  @Nullable String etag() throws IOException {
    ByteBuffer value = ByteBuffer.allocate(MAX_ETAG_BYTES);
    try {
      attributes.read(ETAG, value);
    } catch (IOException none) {
      if (Files.notExists(file)) {
        throw new NoSuchFileException(file.toString());
      }
      return null;
    }
    value.flip();
    return value.remaining() == MD5_BYTES
        ? Md5.hex(value)
        : StandardCharsets.US_ASCII.decode(value).toString().replace("\"", "");
  }

  /** Makes a folder one that no client has put. */
  void deleteEtag() throws IOException {
    attributes.delete(ETAG);
  }

  /** Deletes all but the entity tag. */
  void deleteMetadata() throws IOException {
    for (String name : attributes.list()) {
      if (name.startsWith(PREFIX) && !name.equals(ETAG)) {
        attributes.delete(name);
      }
    }
  }

  void write(Metadata metadata) throws IOException {
    for (Map.Entry<String, String> header : metadata.headers().entrySet()) {
      switch (header.getKey()) {
        case Metadata.EXPIRES -> writeTime(header.getValue());
        case Metadata.STORAGE_CLASS -> write(STORAGE_CLASS, header.getValue());
        default -> write(nameOf(header.getKey()), header.getValue());
      }
    }
    for (Map.Entry<String, String> entry : metadata.user().entrySet()) {
      write(USER + entry.getKey(), entry.getValue());
    }
  }

  Metadata metadata() throws IOException {
    Map<String, String> headers = new TreeMap<>();
    Map<String, String> user = new TreeMap<>();
    List<String> names = attributes.list();
    for (String name : names) {
      if (name.startsWith(CHECKSUM)) {
        headers.put(BodyChecksum.HEADER + name.substring(CHECKSUM.length()), text(name));
      } else if (name.startsWith(USER)) {
        user.put(name.substring(USER.length()), text(name));
      }
    }
    for (String header : Metadata.TEXTS) {
      if (names.contains(nameOf(header))) {
        headers.put(header, text(nameOf(header)));
      }
    }
    if (names.contains(EXPIRES)) {
      long millis = ByteBuffer.wrap(bytes(EXPIRES)).getLong();
      headers.put(Metadata.EXPIRES, Reply.httpDate(Instant.ofEpochMilli(millis)));
    }
    if (names.contains(STORAGE_CLASS)) {
      headers.put(Metadata.STORAGE_CLASS, text(STORAGE_CLASS));
    }
    return new Metadata(headers, user);
  }

  /** Of all metadata, only that. */
  Metadata storageClass() throws IOException {
    return attributes.list().contains(STORAGE_CLASS)
        ? new Metadata(Map.of(Metadata.STORAGE_CLASS, text(STORAGE_CLASS)), Map.of())
        : Metadata.NONE;
  }

  private static String nameOf(String header) {
    return header.startsWith(BodyChecksum.HEADER)
        ? CHECKSUM + header.substring(BodyChecksum.HEADER.length())
        : PREFIX + header.toLowerCase(Locale.ROOT);
  }

  private void writeTime(String httpDate) throws IOException {
    Instant time = Reply.time(httpDate);
    if (time != null) {
      attributes.write(
          EXPIRES, ByteBuffer.allocate(Long.BYTES).putLong(time.toEpochMilli()).flip());
    }
  }

  private void write(String name, String value) throws IOException {
    attributes.write(name, StandardCharsets.UTF_8.encode(value));
  }

  private String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private byte[] bytes(String name) throws IOException {
    ByteBuffer value = ByteBuffer.allocate(attributes.size(name));
    attributes.read(name, value);
    return value.array();
  }
}
