package routes.json;

/**
 * Finds where a JSON value ends by its quotes and brackets alone. Whether it is well-formed in
 * between is for the parser; here matters only that a broken value does not swallow the next ones.
 */
public final class ValueEnd {

  private ValueEnd() {}

  /**
   * The index after the value that begins at an index, which must be none of {@code ,}, {@code ]}
   * and white space; or the complement (negative) of the index at which the value turned out to
   * have no end.
   */
  public static int find(byte[] b, int from, int to) {
    int depth = 0;
    byte last = ',';
    for (int i = from; i < to; i++) {
      byte c = b[i];
      switch (c) {
        case ' ', '\t', '\r', '\n' -> {
          if (depth == 0) {
            return i;
          }
          continue;
        }
        case '"' -> {
          i = closingQuote(b, i + 1, to);
          if (i < 0) {
            return i;
          }
          if (depth == 0) {
            return i + 1;
          }
        }
        case '{', '[' -> {
          // The next record on the next line, most likely, and this one is cut off.
          if (last != ',' && last != ':' && last != '[') {
            return ~i;
          }
          depth++;
        }
        case '}' -> depth--;
        case ',', ']' -> {
          if (depth == 0) {
            return i;
          }
          depth -= c == ']' ? 1 : 0;
        }
        default -> {}
      }
      if (depth <= 0 && (c == '}' || c == ']')) {
        return i + 1;
      }
      last = c;
    }
    return depth == 0 ? to : ~to;
  }

  private static int closingQuote(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == '"') {
        return i;
      }
      if (b[i] == '\n') {
        return ~i;
      }
      if (b[i] == '\\') {
        i++;
      }
    }
    return ~to;
  }
}
