package routes.local.kinesis;

/**
 * An error as the Kinesis API names it.
 *
 * @param status the HTTP status
 * @param type the exception's name without namespace, such as {@code ResourceNotFoundException}
 * @param message for people
 */
public record AwsError(int status, String type, String message) {

  /** An error that blames the caller: HTTP status 400. */
  public static AwsError ofCaller(String type, String message) {
    return new AwsError(400, type, message);
  }

  /** What AWS answers when it failed itself: HTTP status 500; clients repeat the call. */
  public static AwsError internalFailure(String message) {
    return new AwsError(500, "InternalFailure", message);
  }

  /** The shard takes no more for now; clients back off and repeat. */
  public static AwsError throughputExceeded(String shard, String stream) {
    return ofCaller(
        "ProvisionedThroughputExceededException",
        "Rate exceeded for shard %s in stream %s under account %s."
            .formatted(shard, stream, Account.ID));
  }
}
