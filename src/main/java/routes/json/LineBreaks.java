package routes.json;

/**
 * Puts JSON on one line by leaving out its raw carriage returns and line feeds, which well-formed
 * JSON has only between tokens (RFC 8259, section 7), so no value changes.
 */
public final class LineBreaks {

  private LineBreaks() {}

  /** The same slice when it is on one line already. */
  public static ByteSlice remove(ByteSlice json) {
    byte[] line = new byte[json.length()];
    int length = 0;
    for (int i = json.offset(); i < json.end(); i++) {
      byte b = json.array()[i];
      if (b != '\n' && b != '\r') {
        line[length++] = b;
      }
    }
    return length == json.length() ? json : new ByteSlice(line, 0, length);
  }
}
