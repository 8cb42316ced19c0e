package routes.local.logs;

/** Ends an operation with an error of the CloudWatch Logs API, which blames the caller. */
final class LogsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String type;

  /**
   * @param type the exception's name, such as {@code ResourceNotFoundException}
   * @param message for people
   */
  LogsException(String type, String message) {
    // A mistake of the caller is an answer, not a fault of ours: no stack trace.
    super(message, null, false, false);
    this.type = type;
  }

  String type() {
    return type;
  }

  static LogsException invalid(String message) {
    return new LogsException("InvalidParameterException", message);
  }

  static LogsException notFound(String what, String name) {
    return new LogsException(
        "ResourceNotFoundException",
        "The specified log %s '%s' does not exist.".formatted(what, name));
  }

  static LogsException exists(String what, String name) {
    return new LogsException(
        "ResourceAlreadyExistsException",
        "The specified log %s '%s' already exists.".formatted(what, name));
  }
}
