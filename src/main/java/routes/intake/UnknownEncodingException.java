package routes.intake;

/** The body is encoded in a way that is not understood. */
public final class UnknownEncodingException extends RefusedRequestException {

  private static final long serialVersionUID = 1;

  public UnknownEncodingException(String message) {
    super(message);
  }
}
