package routes.local.s3;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API does with one object. */
@ThreadSafe
final class ObjectOperations {

  /** Parameters of a GET that stand for headers of its answer. */
  private static final Map<String, String> OVERRIDES =
      Map.of(
          "response-cache-control", "Cache-Control",
          "response-content-disposition", "Content-Disposition",
          "response-content-encoding", "Content-Encoding",
          "response-content-language", "Content-Language",
          "response-content-type", "Content-Type",
          "response-expires", "Expires");

  private final ObjectFiles files;
  private final Uploads uploads;

  ObjectOperations(ObjectFiles files, Uploads uploads) {
    this.files = files;
    this.uploads = uploads;
  }

  Reply head(S3Request request) throws IOException {
    StoredObject object = files.object(request.bucket(), request.key());
    if (Conditions.of(request).isKnown(object)) {
      return known(object);
    }
    ByteRange range = ByteRange.of(request.header("Range"), object.size());
    return Reply.empty(range == null ? 200 : 206, headers(request, object, range));
  }

  Reply get(S3Request request) throws IOException {
    ObjectFiles.OpenObject open = files.open(request.bucket(), request.key());
    try {
      StoredObject object = open.object();
      if (Conditions.of(request).isKnown(object)) {
        open.content().close();
        return known(object);
      }
      ByteRange range = ByteRange.of(request.header("Range"), object.size());
      Map<String, String> headers = headers(request, object, range);
      return range == null
          ? Reply.of(200, headers, open.content())
          : Reply.of(206, headers, open.content().part(range.first(), range.length()));
    } catch (RuntimeException e) {
      open.content().close();
      throw e;
    }
  }

  private static Reply known(StoredObject object) {
    Map<String, String> headers = object.headers();
    headers.remove("Content-Length");
    return Reply.empty(304, headers);
  }

  private static Map<String, String> headers(
      S3Request request, StoredObject object, @Nullable ByteRange range) {
    // Objects are of one part here, whatever they were put in.
    if (request.number("partNumber", 1, 1) > 1) {
      throw new S3Exception(416, "InvalidPartNumber", "The object is of one part.");
    }
    Map<String, String> headers = object.headers();
    if (range != null || !"ENABLED".equalsIgnoreCase(request.header("x-amz-checksum-mode"))) {
      headers.keySet().removeIf(name -> name.startsWith(BodyChecksum.HEADER));
    }
    if (range != null) {
      headers.put("Content-Range", range.header(object.size()));
      headers.put("Content-Length", Long.toString(range.length()));
    }
    OVERRIDES.forEach(
        (parameter, header) -> {
          if (request.has(parameter)) {
            headers.put(header, override(parameter, request.text(parameter)));
          }
        });
    return headers;
  }

  private static String override(String parameter, String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw S3Exception.invalidArgument(
          "%s has a control character, which no header can have.".formatted(parameter));
    }
    return Metadata.latin1(value);
  }

  /** Takes an object; a key that ends in a slash is a folder, and has no content. */
  Body put(S3Request request) throws IOException {
    files.admit(request.bucket(), request.key());
    Metadata metadata = Metadata.of(request);
    return new StoredBody(
        request,
        StoredBody.MAX_BYTES,
        uploads,
        (file, etag, checksums) -> place(request, file, etag, metadata.with(checksums)));
  }

  Reply copy(S3Request request) throws IOException {
    CopySource source = CopySource.of(request);
    boolean isReplaced = "REPLACE".equalsIgnoreCase(request.header("x-amz-metadata-directive"));
    if (source.isTargetOf(request) && !isReplaced) {
      throw S3Exception.invalid(
          "InvalidRequest",
          "An object cannot be copied to itself without a change: ask for x-amz-metadata-directive: REPLACE.");
    }
    Metadata replaced = Metadata.of(request);
    files.admit(request.bucket(), request.key());
    ObjectFiles.OpenObject open = source.open(files, request);
    try (OpenContent content = open.content();
        Incoming file = uploads.incoming(List.of())) {
      file.copy(content);
      String etag = Md5.hex(file.md5());
      place(request, file, etag, isReplaced ? replaced : open.object().metadata());
      return copied("CopyObjectResult", etag);
    }
  }

  static Reply copied(String result, String etag) {
    return Reply.xml(
        200,
        Xml.result(result)
            .element("LastModified", Instant.now().truncatedTo(ChronoUnit.SECONDS))
            .element("ETag", StoredObject.quoted(etag)));
  }

  private void place(S3Request request, Incoming file, String etag, Metadata metadata)
      throws IOException {
    Conditions conditions = Conditions.of(request);
    if (!request.key().endsWith("/")) {
      file.describe(etag, metadata);
      files.put(request.bucket(), request.key(), file.path(), conditions);
    } else if (file.length() == 0) {
      files.putFolder(request.bucket(), request.key(), etag, metadata, conditions);
    } else {
      files.folder(request.bucket());
      throw S3Exception.noFile(request.key(), "a folder holds no data");
    }
  }

  Reply delete(S3Request request) throws IOException {
    files.delete(request.bucket(), request.key(), Conditions.of(request));
    return Reply.empty(204);
  }
}
