package routes.intake;

/** A key came that is none of those accepted. */
public final class WrongKeyException extends RefusedRequestException {

  private static final long serialVersionUID = 1;

  public WrongKeyException(String message) {
    super(message);
  }
}
