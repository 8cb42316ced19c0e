package routes.inbox;

import java.io.IOException;

/** A file holds what cannot be read as lines, and will not unless it changes. */
final class UnreadableException extends IOException {

  private static final long serialVersionUID = 1;

  UnreadableException(String message) {
    super(message);
  }
}
