package routes.json;

/**
 * Finds halves of surrogate pairs among the escapes of JSON: {@code \}{@code ud83d} without a
 * {@code \}{@code ude00} after it. RFC 8259 (section 8.2) lets them pass and many readers do not,
 * for which one of them spoils all of an object in the lake.
 */
public final class SurrogateHalves {

  public static final int NOWHERE = -1;

  /** How many bytes an escape such as {@code \}{@code ud83d} takes. */
  public static final int ESCAPE_LENGTH = 6;

  private static final byte[] REPLACEMENT = {'\\', 'u', 'F', 'F', 'F', 'D'};

  private SurrogateHalves() {}

  /** Where in JSON the first half of a pair is, or {@link #NOWHERE}. */
  public static int first(ByteSlice json) {
    int at = next(json.array(), json.offset(), json.end());
    return at == json.end() ? NOWHERE : at - json.offset();
  }

  /** The same JSON with U+FFFD in the place of each half; the very slice when there is none. */
  public static ByteSlice replaced(ByteSlice json) {
    if (first(json) == NOWHERE) {
      return json;
    }
    byte[] b = json.toByteArray();
    for (int at = next(b, 0, b.length); at < b.length; at = next(b, at + ESCAPE_LENGTH, b.length)) {
      System.arraycopy(REPLACEMENT, 0, b, at, ESCAPE_LENGTH);
    }
    return ByteSlice.of(b);
  }

  private static int next(byte[] b, int from, int end) {
    int at = ByteSearch.findPair('\\', 'u', b, from, end);
    while (at < end) {
      int unit = isEscaped(b, from, at) ? -1 : unit(b, at, end);
      if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
        at += 2;
      } else if (unit <= Character.MAX_HIGH_SURROGATE && isLow(unit(b, at + ESCAPE_LENGTH, end))) {
        at += 2 * ESCAPE_LENGTH;
      } else {
        return at;
      }
      at = ByteSearch.findPair('\\', 'u', b, at, end);
    }
    return end;
  }

  /** Whether the backslash at an index is the second of an escape, as in {@code \\u}. */
  private static boolean isEscaped(byte[] b, int from, int at) {
    int first = at;
    while (first > from && b[first - 1] == '\\') {
      first--;
    }
    return (at - first) % 2 != 0;
  }

  private static boolean isLow(int unit) {
    return unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
  }

  /** The UTF-16 unit that an escape at an index stands for, or -1 when there is none. */
  private static int unit(byte[] b, int at, int end) {
    if (at + ESCAPE_LENGTH > end || b[at] != '\\' || b[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + ESCAPE_LENGTH; i++) {
      unit = unit << 4 | Character.digit(b[i], 16);
    }
    return unit;
  }
}
