package routes.intake;

/** The body is not what its {@code Content-Encoding} says it is. */
public final class MalformedBodyException extends RefusedRequestException {

  private static final long serialVersionUID = 1;

  public MalformedBodyException(String message) {
    super(message);
  }
}
