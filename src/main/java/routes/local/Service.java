package routes.local;

import org.jspecify.annotations.Nullable;

/** The service of the embedded cloud that a request is meant for. */
enum Service {
  KINESIS,
  SQS,
  S3,
  /** An AWS service that the embedded cloud does not have. */
  NONE;

  /** Begins the path of a queue's URL, as it does with LocalStack. */
  static final String ACCOUNT = "000000000000";

  static final String KINESIS_TARGET = "Kinesis_20131202.";
  private static final String SQS_TARGET = "AmazonSQS.";

  /**
   * Tells the service from what the AWS protocols put where: JSON and CBOR name it in the header
   * {@code X-Amz-Target}, the query protocol sends a form, S3 has neither.
   */
  static Service of(String path, @Nullable String target, @Nullable String contentType) {
    if (target != null) {
      return target.startsWith(KINESIS_TARGET)
          ? KINESIS
          : target.startsWith(SQS_TARGET) ? SQS : NONE;
    }
    boolean form =
        contentType != null && contentType.startsWith("application/x-www-form-urlencoded");
    return form || path.startsWith("/" + ACCOUNT + "/") ? SQS : S3;
  }
}
