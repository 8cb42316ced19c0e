package routes.deadletter;

/** Somebody else is looking at the dead letters, replaying or discarding them. */
public final class DeadLettersBusyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DeadLettersBusyException() {
    super("The dead letters are being listed, replayed or discarded; try again in a while");
  }
}
