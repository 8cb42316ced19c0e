package routes.intake;

/** The body is of a type that the protocol does not have. */
public final class UnknownTypeException extends RefusedRequestException {

  private static final long serialVersionUID = 1;

  public UnknownTypeException(String message) {
    super(message);
  }
}
