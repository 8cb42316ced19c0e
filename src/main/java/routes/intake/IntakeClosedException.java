package routes.intake;

/** Records are not taken at present; the message says why. */
public final class IntakeClosedException extends RefusedRequestException {

  private static final long serialVersionUID = 1;

  public IntakeClosedException(String message) {
    super(message);
  }
}
