package routes.intake;

/** A key is needed and none came. */
public final class MissingKeyException extends RefusedRequestException {

  private static final long serialVersionUID = 1;

  public MissingKeyException(String message) {
    super(message);
  }
}
