package routes.format;

import java.io.IOException;

/**
 * How an object's records are written down. The same records give the same bytes, and no record is
 * left out or refused. Implementations are safe for use by many threads.
 */
public interface ObjectFormat {

  /** The end of an object's name, from the dot on. */
  String suffix();

  /** An object of these records. */
  byte[] encode(Content content) throws IOException;
}
