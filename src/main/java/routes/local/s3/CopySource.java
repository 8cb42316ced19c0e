package routes.local.s3;

import java.io.IOException;

/** The object that a request copies from. */
record CopySource(String bucket, String key) {

  private static final String HEADER = "x-amz-copy-source";

  static boolean isIn(S3Request request) {
    return request.header(HEADER) != null;
  }

  static CopySource of(S3Request request) {
    String header = String.valueOf(request.header(HEADER));
    if (header.contains("?versionId=")) {
      throw S3Exception.notImplemented("versions of objects");
    }
    String source = S3Request.decoded(header.startsWith("/") ? header.substring(1) : header);
    int slash = source.indexOf('/');
    if (slash < 0) {
      throw S3Exception.invalidArgument(
          "The %s '%s' must be a bucket, a slash and a key."
              .formatted(HEADER, Xml.printable(source)));
    }
    return new CopySource(source.substring(0, slash), source.substring(slash + 1));
  }

  boolean isTargetOf(S3Request request) {
    return bucket.equals(request.bucket()) && key.equals(request.key());
  }

  /** Opens it, to be closed by the caller, if its conditions hold. */
  ObjectFiles.OpenObject open(ObjectFiles files, S3Request request) throws IOException {
    ObjectFiles.OpenObject source = files.open(bucket, key);
    try {
      Conditions.onSource(request).admitSource(source.object());
      return source;
    } catch (S3Exception e) {
      source.content().close();
      throw e;
    }
  }
}
