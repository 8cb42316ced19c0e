package routes.http.api;

import java.io.OutputStream;
import java.util.Optional;

/** An answer that is not JSON, or too long to be in memory at once. */
public interface Content {

  /** Its media type. */
  String type();

  /** The name under which a browser saves it; empty to show it. */
  default Optional<String> fileName() {
    return Optional.empty();
  }

  /**
   * Writes it. Until the first flush, or some ten thousand bytes, an exception still becomes a
   * problem; later it breaks the connection off, so that nobody takes a part for the whole.
   *
   * @param out waits for slow clients, and throws an {@link java.io.IOException} once the client is
   *     gone
   */
  void writeTo(OutputStream out) throws Exception;
}
