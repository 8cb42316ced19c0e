package routes.local.s3;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the API does with uploads in parts. */
@ThreadSafe
final class UploadOperations {

  private static final int MAX_PARTS = 10_000;
  private static final int SHOWN_PARTS = 1000;

  private final ObjectFiles files;
  private final Uploads uploads;

  UploadOperations(ObjectFiles files, Uploads uploads) {
    this.files = files;
    this.uploads = uploads;
  }

  Reply create(S3Request request) throws IOException {
    files.admit(request.bucket(), request.key());
    if (request.key().endsWith("/")) {
      throw S3Exception.noFile(request.key(), "a folder holds no data");
    }
    String id = uploads.begin(request.bucket(), request.key(), Metadata.of(request));
    return Reply.xml(
        200, place(Xml.result("InitiateMultipartUploadResult"), request).element("UploadId", id));
  }

  Body put(S3Request request) throws IOException {
    Uploads.Upload upload = uploads.get(request);
    int number = number(request);
    return new StoredBody(
        request,
        StoredBody.MAX_BYTES,
        uploads,
        (file, etag, checksums) -> {
          file.describe(etag, Metadata.NONE);
          uploads.put(upload, number, file.path());
        });
  }

  Reply copy(S3Request request) throws IOException {
    Uploads.Upload upload = uploads.get(request);
    int number = number(request);
    ObjectFiles.OpenObject open = CopySource.of(request).open(files, request);
    try (OpenContent content = open.content();
        Incoming file = uploads.incoming(List.of())) {
      String asked = request.header("x-amz-copy-source-range");
      ByteRange range = ByteRange.of(asked, open.object().size());
      if (asked != null && range == null) {
        throw S3Exception.invalidArgument(
            "x-amz-copy-source-range is '%s' and must be like 'bytes=0-9'."
                .formatted(Xml.printable(asked)));
      }
      file.copy(range == null ? content : content.part(range.first(), range.length()));
      String etag = Md5.hex(file.md5());
      file.describe(etag, Metadata.NONE);
      uploads.put(upload, number, file.path());
      return ObjectOperations.copied("CopyPartResult", etag);
    }
  }

  Reply list(S3Request request) throws IOException {
    Uploads.Upload upload = uploads.get(request);
    int after = request.number("part-number-marker", 0, 0);
    int limit = Math.min(SHOWN_PARTS, request.number("max-parts", SHOWN_PARTS, 1));
    List<Uploads.Part> parts =
        uploads.parts(upload).stream().filter(part -> part.number() > after).toList();
    List<Uploads.Part> shown = parts.subList(0, Math.min(limit, parts.size()));
    Xml xml =
        place(Xml.result("ListPartsResult"), request)
            .element("UploadId", upload.id())
            .element("StorageClass", upload.metadata().storageClass())
            .element("PartNumberMarker", after)
            .element(
                "NextPartNumberMarker",
                shown.isEmpty() ? after : shown.get(shown.size() - 1).number())
            .element("MaxParts", limit)
            .element("IsTruncated", shown.size() < parts.size());
    for (Uploads.Part part : shown) {
      xml.open("Part")
          .element("PartNumber", part.number())
          .element("LastModified", part.content().modified())
          .element("ETag", StoredObject.quoted(String.valueOf(part.content().etag())))
          .element("Size", part.content().size())
          .close("Part");
    }
    return Reply.xml(200, xml);
  }

  /** Makes an object of the parts that the client names. */
  Reply complete(S3Request request, byte[] body) throws IOException {
    Uploads.Upload upload = uploads.get(request);
    List<Uploads.Part> parts = named(body, uploads.parts(upload));
    MessageDigest md5 = Md5.digest();
    List<BodyChecksum> checksums = BodyChecksum.ofWhole(request);
    try (Incoming file = uploads.incoming(checksums)) {
      for (Uploads.Part part : parts) {
        try (OpenContent content = uploads.open(upload, part)) {
          file.copy(content);
        }
        md5.update(Md5.bytesOrEmpty(String.valueOf(part.content().etag())));
      }
      Map<String, String> verified = BodyChecksum.verified(checksums, Map.of());
      String etag = Md5.hex(md5.digest()) + "-" + parts.size();
      file.describe(etag, upload.metadata().with(verified));
      Conditions conditions = Conditions.of(request);
      end(upload, () -> files.put(request.bucket(), request.key(), file.path(), conditions));
      return Reply.xml(
          200,
          place(
                  Xml.result("CompleteMultipartUploadResult")
                      .element(
                          "Location",
                          "http://%s/%s/%s"
                              .formatted(request.host(), request.bucket(), request.key())),
                  request)
              .element("ETag", StoredObject.quoted(etag)));
    }
  }

  private static List<Uploads.Part> named(byte[] body, List<Uploads.Part> there) {
    Map<Integer, Uploads.Part> byNumber =
        there.stream().collect(Collectors.toMap(Uploads.Part::number, Function.identity()));
    List<Uploads.Part> parts = new ArrayList<>();
    int last = 0;
    for (Map<String, String> named :
        XmlRequest.read(body, "CompleteMultipartUpload", "Part").elements()) {
      int number = number(named.getOrDefault("PartNumber", ""));
      if (number <= last) {
        throw S3Exception.invalid(
            "InvalidPartOrder", "Part %s stands behind part %s.".formatted(number, last));
      }
      last = number;
      Uploads.Part part = byNumber.get(number);
      String etag = named.getOrDefault("ETag", "").replace("\"", "");
      if (part == null || !etag.equals(part.content().etag())) {
        throw S3Exception.invalid(
            "InvalidPart",
            "There is no part %s with the entity tag '%s'.".formatted(number, Xml.printable(etag)));
      }
      parts.add(part);
    }
    if (parts.isEmpty()) {
      throw XmlRequest.malformed("it names no parts");
    }
    return parts;
  }

  Reply abort(S3Request request) throws IOException {
    end(uploads.get(request), () -> {});
    return Reply.empty(204);
  }

  private void end(Uploads.Upload upload, Uploads.LastStep step) throws IOException {
    if (!uploads.end(upload, step)) {
      throw S3Exception.noUpload(upload.id());
    }
  }

  private static int number(S3Request request) {
    return number(request.text("partNumber"));
  }

  private static int number(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= MAX_PARTS) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Told below.
    }
    throw S3Exception.invalidArgument(
        "Part number '%s' must be a number from 1 to %s."
            .formatted(Xml.printable(text), MAX_PARTS));
  }

  private static Xml place(Xml xml, S3Request request) {
    return xml.element("Bucket", request.bucket()).element("Key", request.key());
  }
}
