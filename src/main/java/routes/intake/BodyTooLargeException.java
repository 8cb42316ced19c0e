package routes.intake;

/** The body is longer than one may be, as it came or once it is decompressed. */
public final class BodyTooLargeException extends RefusedRequestException {

  private static final long serialVersionUID = 1;

  public BodyTooLargeException(String message) {
    super(message);
  }
}
