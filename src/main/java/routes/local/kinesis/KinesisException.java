package routes.local.kinesis;

/** Ends an operation with an error of the Kinesis API. */
final class KinesisException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient AwsError error;

  KinesisException(AwsError error) {
    // A mistake of the caller is an answer, not a fault of ours: no stack trace.
    super(error.type() + ": " + error.message(), null, false, false);
    this.error = error;
  }

  AwsError error() {
    return error;
  }

  static KinesisException validation(String message) {
    return ofCaller("ValidationException", message);
  }

  static KinesisException invalidArgument(String message) {
    return ofCaller("InvalidArgumentException", message);
  }

  static KinesisException serialization(String message) {
    return ofCaller("SerializationException", message);
  }

  static KinesisException resourceInUse(String message) {
    return ofCaller("ResourceInUseException", message);
  }

  static KinesisException limitExceeded(String message) {
    return ofCaller("LimitExceededException", message);
  }

  static KinesisException streamNotFound(String stream) {
    return resourceNotFound("Stream %s under account %s not found.".formatted(stream, Account.ID));
  }

  static KinesisException shardNotFound(String shard, String stream) {
    return resourceNotFound(
        "Could not find shard %s in stream %s under account %s."
            .formatted(shard, stream, Account.ID));
  }

  private static KinesisException resourceNotFound(String message) {
    return ofCaller("ResourceNotFoundException", message);
  }

  static KinesisException ofCaller(String type, String message) {
    return new KinesisException(AwsError.ofCaller(type, message));
  }
}
