package routes.intake;

/** A body does not fit into memory beside those of other requests; it may a moment later. */
public final class BodyMemoryFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BodyMemoryFullException(String message) {
    super(message);
  }
}
