package routes.local.s3;

/** Ends an operation with an error of the S3 API, which blames the caller. */
final class S3Exception extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * @param status the HTTP status
   * @param code what S3 calls the error, such as {@code NoSuchKey}
   * @param message for people
   */
  S3Exception(int status, String code, String message) {
    // A mistake of the caller is an answer, not a fault of ours: no stack trace.
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  static S3Exception noBucket(String bucket) {
    return new S3Exception(
        404, "NoSuchBucket", "The bucket '%s' does not exist.".formatted(Xml.printable(bucket)));
  }

  static S3Exception noKey(String key) {
    return new S3Exception(
        404, "NoSuchKey", "The key '%s' does not exist.".formatted(Xml.printable(key)));
  }

  static S3Exception noUpload(String id) {
    return new S3Exception(
        404,
        "NoSuchUpload",
        "There is no upload '%s' of this key: it may have been aborted or completed."
            .formatted(Xml.printable(id)));
  }

  static S3Exception noFile(String key, String reason) {
    return invalid(
        "InvalidRequest",
        "The embedded S3 keeps objects as files and cannot put one at '%s': %s"
            .formatted(Xml.printable(key), Xml.printable(reason)));
  }

  static S3Exception invalid(String code, String message) {
    return new S3Exception(400, code, message);
  }

  static S3Exception invalidArgument(String message) {
    return invalid("InvalidArgument", message);
  }

  static S3Exception preconditionFailed() {
    return new S3Exception(
        412, "PreconditionFailed", "At least one of the preconditions you specified did not hold.");
  }

  static S3Exception notImplemented(String what) {
    return new S3Exception(
        501, "NotImplemented", "The embedded S3 does not have %s.".formatted(Xml.printable(what)));
  }
}
