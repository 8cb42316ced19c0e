package routes.format;

import java.io.ByteArrayOutputStream;

/** Bytes that are not copied once more where they came out as many as was thought. */
final class ExactBytes extends ByteArrayOutputStream {

  ExactBytes(int likely) {
    super(likely);
  }

  byte[] exact() {
    return count == buf.length ? buf : toByteArray();
  }
}
