package routes.record;

/**
 * Puts JSON on one line by leaving out its raw carriage returns and line feeds, which well-formed
 * JSON has only between tokens (RFC 8259, section 7), so no value changes.
 */
final class LineBreaks {

  private LineBreaks() {}

  /** The same slice when it is on one line already. */
  static ByteSlice remove(ByteSlice json) {
    int breaks = 0;
    for (int i = json.offset(); i < json.end(); i++) {
      breaks += isBreak(json.array()[i]) ? 1 : 0;
    }
    if (breaks == 0) {
      return json;
    }
    byte[] line = new byte[json.length() - breaks];
    int length = 0;
    for (int i = json.offset(); i < json.end(); i++) {
      if (!isBreak(json.array()[i])) {
        line[length++] = json.array()[i];
      }
    }
    return ByteSlice.of(line);
  }

  private static boolean isBreak(byte b) {
    return b == '\n' || b == '\r';
  }
}
