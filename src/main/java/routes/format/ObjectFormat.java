package routes.format;

import java.io.IOException;
import java.io.OutputStream;

/**
 * How an object's records are written down. The same records give the same bytes, and no record is
 * left out or refused. Implementations are safe for use by many threads.
 */
public interface ObjectFormat {

  /** The end of an object's name, from the dot on. */
  String suffix();

  /** By how much logs shrink at least, as a rule; only spares copying. */
  int likelyRatio();

  /** Writes an object of these records and closes the stream. */
  void encode(Content content, OutputStream out) throws IOException;

  /** An object of these records, in memory. */
  default byte[] encode(Content content) throws IOException {
    ExactBytes bytes = new ExactBytes(Math.toIntExact(content.bytes() / likelyRatio()));
    encode(content, bytes);
    return bytes.exact();
  }
}
