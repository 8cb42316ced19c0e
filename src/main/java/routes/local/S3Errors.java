package routes.local;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Refusals of the embedded S3 that come from keeping objects as files, under S3's own codes. */
final class S3Errors {

  private S3Errors() {}

  static S3Exception noFile(String key, String reason) {
    return badRequest(
        "InvalidRequest",
        "The embedded S3 keeps objects as files and cannot put one at '%s': %s"
            .formatted(ObjectKeys.printable(key), ObjectKeys.printable(reason)));
  }

  static S3Exception metadataTooLarge(String key) {
    return badRequest(
        "MetadataTooLarge",
        "The metadata of '%s' does not fit into the extended attributes of its file"
            .formatted(key));
  }

  private static S3Exception badRequest(String code, String message) {
    AwsErrorDetails details =
        AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    return (S3Exception)
        S3Exception.builder().message(message).statusCode(400).awsErrorDetails(details).build();
  }
}
