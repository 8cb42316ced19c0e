package routes.local.sqs;

/** Ends an operation with an error of the SQS API, which blames the caller. */
final class SqsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String type;

  /**
   * @param type the exception's name without namespace, such as {@code QueueDoesNotExist}
   * @param message for people
   */
  SqsException(String type, String message) {
    // A mistake of the caller is an answer, not a fault of ours: no stack trace.
    super(message, null, false, false);
    this.type = type;
  }

  String type() {
    return type;
  }

  static SqsException invalid(String message) {
    return new SqsException("InvalidParameterValue", message);
  }

  static SqsException missing(String member) {
    return new SqsException(
        "MissingParameter", "The request must contain the parameter %s.".formatted(member));
  }

  static SqsException noQueue(String name) {
    return new SqsException("QueueDoesNotExist", "There is no queue '%s'.".formatted(name));
  }
}
