package routes.record;

/** Ends the parsing of a record; never leaves this package. Without a stack trace, being common. */
final class RejectedException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Rejection rejection;

  RejectedException(Reason reason, String message) {
    this(new Rejection(reason, message));
  }

  RejectedException(Rejection rejection) {
    super(rejection.message(), null, false, false);
    this.rejection = rejection;
  }

  Rejection rejection() {
    return rejection;
  }
}
