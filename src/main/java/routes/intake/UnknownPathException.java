package routes.intake;

/** A protocol has nothing at this path, though a route takes it. */
public final class UnknownPathException extends RefusedRequestException {

  private static final long serialVersionUID = 1;

  public UnknownPathException(String message) {
    super(message);
  }
}
