package routes.local.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an object says of itself beside its content.
 *
 * @param headers of HTTP, under their usual names
 * @param user the client's own, without {@code x-amz-meta-}, in small letters
 */
record Metadata(Map<String, String> headers, Map<String, String> user) {

  static final Metadata NONE = new Metadata(Map.of(), Map.of());

  /** What S3 allows of user metadata, 2 KB, and what storing it in small pieces takes. */
  static final int MAX_BYTES = 3072;

  static final String CONTENT_TYPE = "Content-Type";
  static final String EXPIRES = "Expires";
  static final String STORAGE_CLASS = "x-amz-storage-class";
  private static final String DEFAULT_CLASS = "STANDARD";
  private static final String USER_HEADER = "x-amz-meta-";

  private static final String CODING = "Content-Encoding";

  static final List<String> TEXTS =
      List.of("Cache-Control", "Content-Disposition", CODING, "Content-Language", CONTENT_TYPE);

  /** What an extended attribute takes beside the key and the value: a header and a prefix. */
  private static final int ATTRIBUTE_OVERHEAD = 64;

  /** What a request says of the object it puts. */
  static Metadata of(S3Request request) {
    Map<String, String> headers = new TreeMap<>();
    Map<String, String> user = new TreeMap<>();
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(USER_HEADER)) {
        user.merge(
            name.substring(USER_HEADER.length()),
            utf8(header.getValue()),
            (one, more) -> one + "," + more);
      }
    }
    for (String name : TEXTS) {
      String value = request.header(name);
      if (value != null) {
        headers.put(name, utf8(value));
      }
    }
    headers.computeIfPresent(CODING, (name, value) -> withoutTransfer(value));
    String expires = request.header(EXPIRES);
    if (expires != null && Reply.time(expires) != null) {
      headers.put(EXPIRES, expires);
    }
    String storageClass = request.header(STORAGE_CLASS);
    if (storageClass != null && !storageClass.equals(DEFAULT_CLASS)) {
      headers.put(STORAGE_CLASS, storageClass);
    }
    Metadata metadata = new Metadata(headers, user);
    metadata.requireRoom(request.key());
    return metadata;
  }

  /** How a body was sent is not how the object is encoded. */
  private static @Nullable String withoutTransfer(String coding) {
    List<String> codings =
        List.of(coding.split(",", -1)).stream()
            .map(String::strip)
            .filter(name -> !name.isEmpty() && !name.equalsIgnoreCase("aws-chunked"))
            .toList();
    return codings.isEmpty() ? null : String.join(",", codings);
  }

  /**
   * Asked before the object is there, and with one answer on all file systems, some of which have
   * more room.
   */
  private void requireRoom(String key) {
    int size = 0;
    for (Map.Entry<String, String> entry : user.entrySet()) {
      size += utf8Length(entry.getKey()) + utf8Length(entry.getValue()) + ATTRIBUTE_OVERHEAD;
    }
    if (size > MAX_BYTES) {
      throw S3Exception.invalid(
          "MetadataTooLarge",
          "The metadata of '%s' does not fit into the extended attributes of its file"
              .formatted(Xml.printable(key)));
    }
  }

  /** With more headers, such as those with checksums of the content. */
  Metadata with(Map<String, String> others) {
    Map<String, String> more = new TreeMap<>(headers);
    more.putAll(others);
    return new Metadata(more, user);
  }

  /** Finds out a type, when a client gave none. */
  interface Type {
    String find() throws IOException;
  }

  /** With a type in any case. */
  Metadata typed(Type type) throws IOException {
    if (headers.containsKey(CONTENT_TYPE)) {
      return this;
    }
    return with(Map.of(CONTENT_TYPE, type.find()));
  }

  String storageClass() {
    return headers.getOrDefault(STORAGE_CLASS, DEFAULT_CLASS);
  }

  /** As headers of an answer. */
  void addTo(Map<String, String> answer) {
    headers.forEach((name, value) -> answer.put(name, latin1(value)));
    user.forEach((name, value) -> answer.put(USER_HEADER + name, latin1(value)));
  }

  /** HTTP's headers are bytes, which Netty has as Latin-1 and clients mean as UTF-8. */
  private static String utf8(String header) {
    return new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
