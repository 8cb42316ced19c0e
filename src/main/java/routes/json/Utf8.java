package routes.json;

/**
 * Finds and replaces bytes that are not UTF-8 (Unicode 16, table 3-7: no overlong forms, no
 * surrogates, nothing above U+10FFFF), which Jackson lets pass where it skips values.
 */
public final class Utf8 {

  public static final int NOWHERE = -1;

  private Utf8() {}

  /** The index within the slice of the first byte that is not UTF-8, or {@link #NOWHERE}. */
  public static int firstInvalid(ByteSlice bytes) {
    byte[] b = bytes.array();
    int end = bytes.end();
    int at = bytes.offset();
    while (at < end) {
      int length = sequenceLength(b, at, end);
      if (length == 0) {
        return at - bytes.offset();
      }
      at += length;
    }
    return NOWHERE;
  }

  /** The same with U+FFFD for what is not UTF-8; the very slice where all of it is. */
  public static ByteSlice repaired(ByteSlice bytes) {
    return PlainAscii.covers(bytes) || firstInvalid(bytes) == NOWHERE
        ? bytes
        : ByteSlice.utf8(bytes.toString());
  }

  /** How many bytes the character at an index takes, or 0 when there is none. */
  private static int sequenceLength(byte[] b, int at, int end) {
    int first = b[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > end || !isSecond(first, b[at + 1] & 0xFF)) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((b[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static boolean isSecond(int first, int second) {
    int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return second >= low && second <= high;
  }
}
