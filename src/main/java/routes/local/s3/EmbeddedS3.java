package routes.local.s3;

import com.google.errorprone.annotations.ThreadSafe;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import routes.files.DurableFiles;

/**
 * Amazon S3 in this process, over plain files. Buckets are named by the path of a request, not by
 * its host; credentials are not looked at.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/">S3 API reference</a>
 */
@ThreadSafe
public final class EmbeddedS3 {

  /** Bytes of extended attributes that an object may take, for which a file needs room. */
  public static final int METADATA_BYTES = Metadata.MAX_BYTES;

  /** What S3 has and this does not, by the parameter that asks for it. */
  private static final Set<String> ABSENT =
      Set.of(
          "accelerate",
          "acl",
          "analytics",
          "attributes",
          "cors",
          "encryption",
          "intelligent-tiering",
          "inventory",
          "legal-hold",
          "lifecycle",
          "logging",
          "metrics",
          "notification",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "renameObject",
          "replication",
          "requestPayment",
          "restore",
          "retention",
          "select",
          "session",
          "tagging",
          "torrent",
          "versionId",
          "versions",
          "website");

  private final BucketOperations bucket;
  private final ObjectOperations object;
  private final UploadOperations upload;

  /**
   * Opens what is stored under the folders, or begins anew.
   *
   * @param objects the folder that has one of each bucket, which is there
   * @param uploads the folder for what is on its way, beside it, which need not be there
   * @param namesAreExact whether each spelling of a file's name is a file of its own
   * @throws IOException if the folders cannot be used
   */
  public EmbeddedS3(Path objects, Path uploads, boolean namesAreExact) throws IOException {
    EarlierUploads earlier = new EarlierUploads(objects, uploads.resolveSibling("s3-claims"));
    if (Files.notExists(uploads)) {
      earlier.delete();
      DurableFiles.createDirectories(uploads);
    }
    // Last: a start that ends before goes on, and one that ends here takes no object for an upload.
    earlier.deleteClaims();
    ObjectFiles files = new ObjectFiles(objects, new ObjectKeys(objects, namesAreExact));
    Uploads parts = new Uploads(uploads);
    bucket = new BucketOperations(files, parts);
    object = new ObjectOperations(files, parts);
    upload = new UploadOperations(files, parts);
  }

  /** Answers one request, on the workers of Vert.x. To be called where the request came. */
  public void handle(Vertx vertx, HttpServerRequest http) {
    new Exchange(vertx, http, this::body).run();
  }

  /** What takes the body of a request and answers it. */
  private Body body(S3Request request) throws IOException {
    for (String parameter : request.query().keySet()) {
      if (ABSENT.contains(parameter)
          && !(parameter.equals("versionId") && request.text(parameter).equals("null"))) {
        throw S3Exception.notImplemented("what '?%s' is about".formatted(parameter));
      }
    }
    if (request.header("x-amz-server-side-encryption") != null
        || request.header("x-amz-server-side-encryption-customer-algorithm") != null) {
      throw S3Exception.notImplemented("encryption");
    }
    if (request.bucket().isEmpty()) {
      return switch (request.method()) {
        case "GET" -> new SmallBody(body -> bucket.list(request));
        default -> throw absent(request);
      };
    }
    return request.key().isEmpty() ? ofBucket(request) : ofObject(request);
  }

  private Body ofBucket(S3Request request) {
    return switch (request.method()) {
      case "PUT" -> {
        if (request.has("versioning")) {
          throw S3Exception.notImplemented("versions of objects");
        }
        yield new SmallBody(body -> bucket.create(request));
      }
      case "HEAD" -> new SmallBody(body -> bucket.head(request));
      case "DELETE" -> new SmallBody(body -> bucket.delete(request));
      case "GET" -> {
        if (request.has("location")) {
          yield new SmallBody(body -> bucket.location(request));
        }
        if (request.has("versioning")) {
          yield new SmallBody(body -> bucket.versioning(request));
        }
        yield request.has("uploads")
            ? new SmallBody(body -> bucket.listUploads(request))
            : new SmallBody(body -> bucket.listObjects(request));
      }
      case "POST" -> {
        if (request.has("delete")) {
          yield new SmallBody(body -> bucket.deleteObjects(request, body));
        }
        throw absent(request);
      }
      default -> throw absent(request);
    };
  }

  private Body ofObject(S3Request request) throws IOException {
    boolean isOfUpload = request.has("uploadId");
    return switch (request.method()) {
      case "HEAD" -> new SmallBody(body -> object.head(request));
      case "GET" -> new SmallBody(body -> isOfUpload ? upload.list(request) : object.get(request));
      case "DELETE" ->
          new SmallBody(body -> isOfUpload ? upload.abort(request) : object.delete(request));
      case "PUT" -> {
        if (CopySource.isIn(request)) {
          yield new SmallBody(body -> isOfUpload ? upload.copy(request) : object.copy(request));
        }
        yield isOfUpload ? upload.put(request) : object.put(request);
      }
      case "POST" -> {
        if (request.has("uploads")) {
          yield new SmallBody(body -> upload.create(request));
        }
        if (isOfUpload) {
          yield new SmallBody(body -> upload.complete(request, body));
        }
        throw absent(request);
      }
      default -> throw absent(request);
    };
  }

  private static S3Exception absent(S3Request request) {
    return S3Exception.notImplemented(
        "%s for %s"
            .formatted(
                request.method(),
                request.key().isEmpty()
                    ? request.bucket().isEmpty() ? "all buckets" : "a bucket"
                    : "an object"));
  }
}
