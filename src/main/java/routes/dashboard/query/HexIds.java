package routes.dashboard.query;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import routes.json.ByteSearch;
import routes.json.ByteSlice;

/** Ids of 32 hexadecimal digits in any case, as traces have them, wherever they stand in a text. */
public final class HexIds {

  private static final int DIGITS = 32;

  private HexIds() {}

  /** Those of a text, as {@link #visit} tells them. */
  static Set<Long> of(String text) {
    Set<Long> ids = new HashSet<>();
    visit(ByteSlice.utf8(text), ids::add);
    return ids;
  }

  /**
   * Visits every stretch of 32 digits, more than one where more digits are in a row. Looks at every
   * 32nd byte only, as each id has one of them.
   *
   * @param id is told a number that stands for the digits, and whether it wants more
   * @return false when it did not
   */
  public static boolean visit(ByteSlice text, LongPredicate id) {
    byte[] b = text.array();
    int at = text.offset() + DIGITS - 1;
    while (at < text.end()) {
      int end = at;
      if (isDigit(b[at])) {
        int start = at;
        while (start > text.offset() && isDigit(b[start - 1])) {
          start--;
        }
        while (end < text.end() && isDigit(b[end])) {
          end++;
        }
        for (; start + DIGITS <= end; start++) {
          if (!id.test(number(b, start))) {
            return false;
          }
        }
      }
      at = end + DIGITS;
    }
    return true;
  }

  /** Whether a line of JSON has a digit that is written as an escape, so that an id may hide. */
  public static boolean areHidden(ByteSlice line) {
    byte[] b = line.array();
    int last = line.end() - "\\u0030".length();
    int at = ByteSearch.find('\\', b, line.offset(), line.end());
    while (at <= last) {
      if (b[at + 1] == 'u'
          && b[at + 2] == '0'
          && b[at + 3] == '0'
          && isDigit(b[at + 4])
          && isDigit(b[at + 5])
          && isDigit((byte) (value(b[at + 4]) << 4 | value(b[at + 5])))) {
        return true;
      }
      at = ByteSearch.find('\\', b, at + 1, line.end());
    }
    return false;
  }

  private static long number(byte[] b, int start) {
    long high = 0;
    long low = 0;
    for (int i = start; i < start + DIGITS / 2; i++) {
      high = high << 4 | value(b[i]);
      low = low << 4 | value(b[i + DIGITS / 2]);
    }
    return 31 * high + low;
  }

  private static boolean isDigit(byte b) {
    int lower = b | ' ';
    return (b >= '0' && b <= '9') || (lower >= 'a' && lower <= 'f');
  }

  private static int value(byte digit) {
    return (digit & 0xf) + (digit >> 6) * 9;
  }
}
