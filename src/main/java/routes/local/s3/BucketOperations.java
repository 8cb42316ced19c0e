package routes.local.s3;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the API does with buckets, and with many objects of one. */
@ThreadSafe
final class BucketOperations {

  private static final int MAX_KEYS = 1000;
  private static final String DELIMITER = "/";
  private static final String OWNER = "embedded";

  private final ObjectFiles files;
  private final Uploads uploads;

  BucketOperations(ObjectFiles files, Uploads uploads) {
    this.files = files;
    this.uploads = uploads;
  }

  Reply list(S3Request request) throws IOException {
    Xml xml = owner(Xml.result("ListAllMyBucketsResult")).open("Buckets");
    for (ObjectFiles.Bucket bucket : files.buckets()) {
      xml.open("Bucket")
          .element("Name", bucket.name())
          .element("CreationDate", bucket.created())
          .close("Bucket");
    }
    return Reply.xml(200, xml.close("Buckets"));
  }

  Reply create(S3Request request) throws IOException {
    files.create(request.bucket());
    return Reply.empty(200, Map.of("Location", "/" + request.bucket()));
  }

  Reply head(S3Request request) {
    files.folder(request.bucket());
    return Reply.empty(200);
  }

  Reply delete(S3Request request) throws IOException {
    files.delete(request.bucket());
    for (Uploads.Upload upload : uploads.of(request.bucket())) {
      uploads.end(upload, () -> {});
    }
    return Reply.empty(204);
  }

  /** All buckets are where a client without a region looks for them. */
  Reply location(S3Request request) {
    files.folder(request.bucket());
    return Reply.xml(200, Xml.result("LocationConstraint"));
  }

  /** There are no versions, as in a bucket for which they were never asked for. */
  Reply versioning(S3Request request) {
    files.folder(request.bucket());
    return Reply.xml(200, Xml.result("VersioningConfiguration"));
  }

  Reply listObjects(S3Request request) throws IOException {
    boolean isSecond = request.text("list-type").equals("2");
    String delimiter = request.text("delimiter");
    if (!delimiter.isEmpty() && !delimiter.equals(DELIMITER)) {
      throw S3Exception.notImplemented("the delimiter '%s', only '/'".formatted(delimiter));
    }
    String token = request.text("continuation-token");
    String after =
        isSecond ? (token.isEmpty() ? request.text("start-after") : token) : request.text("marker");
    int limit = Math.min(MAX_KEYS, request.number("max-keys", MAX_KEYS, 0));
    Listing.Page page =
        Listing.read(
            files, request.bucket(), request.text("prefix"), after, delimiter.isEmpty(), limit);
    UnaryOperator<String> name = naming(request);
    Xml xml =
        Xml.result("ListBucketResult")
            .element("Name", request.bucket())
            .element("Prefix", name.apply(request.text("prefix")))
            .element("MaxKeys", limit)
            .element("IsTruncated", page.next() != null);
    request.query().keySet().stream()
        .filter(List.of("delimiter", "start-after", "marker")::contains)
        .forEach(given -> xml.element(elementOf(given), name.apply(request.text(given))));
    if (request.has("encoding-type")) {
      xml.element("EncodingType", request.text("encoding-type"));
    }
    String next = page.next();
    if (isSecond) {
      xml.element("KeyCount", page.entries().size());
      if (!token.isEmpty()) {
        xml.element("ContinuationToken", token);
      }
      if (next != null) {
        xml.element("NextContinuationToken", next);
      }
    } else if (next != null) {
      xml.element("NextMarker", name.apply(next));
    }
    boolean hasOwners = !isSecond || request.text("fetch-owner").equals("true");
    page.entries().forEach(entry -> show(entry, xml, name, hasOwners));
    return Reply.xml(200, xml);
  }

  private static void show(
      Listing.Entry entry, Xml xml, UnaryOperator<String> name, boolean hasOwners) {
    StoredObject object = entry.object();
    if (object == null) {
      xml.open("CommonPrefixes")
          .element("Prefix", name.apply(entry.name()))
          .close("CommonPrefixes");
      return;
    }
    xml.open("Contents")
        .element("Key", name.apply(entry.name()))
        .element("LastModified", object.modified())
        .element("Size", object.size())
        .element("StorageClass", object.metadata().storageClass());
    if (object.etag() != null) {
      xml.element("ETag", StoredObject.quoted(object.etag()));
    }
    if (hasOwners) {
      owner(xml);
    }
    xml.close("Contents");
  }

  private static String elementOf(String parameter) {
    return switch (parameter) {
      case "delimiter" -> "Delimiter";
      case "start-after" -> "StartAfter";
      default -> "Marker";
    };
  }

  /** How the client wants keys written. */
  private static UnaryOperator<String> naming(S3Request request) {
    return switch (request.text("encoding-type")) {
      case "" -> UnaryOperator.identity();
      case "url" ->
          key ->
              URLEncoder.encode(key, StandardCharsets.UTF_8)
                  .replace("+", "%20")
                  .replace("%2F", "/");
      default -> throw S3Exception.invalidArgument("encoding-type can be 'url' only.");
    };
  }

  /** Deletes what is named, and tells of each whether it could. */
  Reply deleteObjects(S3Request request, byte[] body) throws IOException {
    files.folder(request.bucket());
    XmlRequest delete = XmlRequest.read(body, "Delete", "Object");
    boolean isQuiet = "true".equals(delete.texts().get("Quiet"));
    if (delete.elements().isEmpty() || delete.elements().size() > MAX_KEYS) {
      throw XmlRequest.malformed(
          "it names %s objects, not 1 to 1000".formatted(delete.elements().size()));
    }
    Xml xml = Xml.result("DeleteResult");
    for (Map<String, String> object : delete.elements()) {
      String key = object.getOrDefault("Key", "");
      try {
        files.delete(request.bucket(), key, Conditions.NONE);
        if (!isQuiet) {
          xml.open("Deleted").element("Key", key).close("Deleted");
        }
      } catch (S3Exception e) {
        xml.open("Error")
            .element("Key", key)
            .element("Code", e.code())
            .element("Message", String.valueOf(e.getMessage()))
            .close("Error");
      }
    }
    return Reply.xml(200, xml);
  }

  Reply listUploads(S3Request request) throws IOException {
    files.folder(request.bucket());
    UnaryOperator<String> name = naming(request);
    Xml xml =
        Xml.result("ListMultipartUploadsResult")
            .element("Bucket", request.bucket())
            .element("Prefix", name.apply(request.text("prefix")))
            .element("MaxUploads", MAX_KEYS)
            .element("IsTruncated", false);
    for (Uploads.Upload upload : uploads.of(request.bucket())) {
      if (upload.key().startsWith(request.text("prefix"))) {
        owner(
                xml.open("Upload")
                    .element("Key", name.apply(upload.key()))
                    .element("UploadId", upload.id())
                    .element("StorageClass", upload.metadata().storageClass())
                    .element("Initiated", upload.begun()))
            .close("Upload");
      }
    }
    return Reply.xml(200, xml);
  }

  private static Xml owner(Xml xml) {
    return xml.open("Owner").element("ID", OWNER).element("DisplayName", OWNER).close("Owner");
  }
}
