package routes.intake;

/**
 * Why a request was refused, one class for each reason; the route {@code errors} has the status of
 * each. The message is for the client.
 */
public abstract sealed class RefusedRequestException extends RuntimeException
    permits BodyTooLargeException,
        IntakeClosedException,
        InvalidRecordsException,
        MalformedBodyException,
        UnknownEncodingException,
        UnknownPathException,
        UnknownTypeException {

  private static final long serialVersionUID = 1;

  RefusedRequestException(String message) {
    super(message);
  }
}
