package routes.faults;

import org.jspecify.annotations.Nullable;

/** The services between which faults are told apart. */
enum AwsService {
  KINESIS,
  S3,
  SQS;

  /**
   * @param target the header {@code X-Amz-Target}, which S3 requests do not have
   */
  static AwsService of(@Nullable String target) {
    if (target == null) {
      return S3;
    }
    return target.startsWith("Kinesis") ? KINESIS : SQS;
  }
}
