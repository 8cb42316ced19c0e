package routes.dashboard.query;

import java.util.Locale;
import java.util.Optional;
import routes.json.ByteSearch;
import routes.json.ByteSlice;
import routes.json.PlainAscii;

/**
 * A text that is looked for, in any case, in the bytes of a line, which spares decoding most lines.
 * It is found by two characters in a row of it that have no case, as most ids have.
 *
 * @param text in lower case and ASCII
 * @param anchor where in it the two are
 */
record RawText(String text, int anchor) {

  private static final int LAST_OF_ASCII = 0x7f;

  /** Empty where a text cannot be found so. */
  static Optional<RawText> of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int anchor = -1;
    for (int i = 0; i < lower.length(); i++) {
      if (lower.charAt(i) > LAST_OF_ASCII) {
        return Optional.empty();
      }
      if (anchor < 0 && i > 0 && !isLetter(lower.charAt(i - 1)) && !isLetter(lower.charAt(i))) {
        anchor = i - 1;
      }
    }
    return anchor < 0 ? Optional.empty() : Optional.of(new RawText(lower, anchor));
  }

  /**
   * Whether the line is sure not to have it; false also where that is not known.
   *
   * @param escaped whether it may stand there as JSON escapes it
   */
  boolean isMissing(ByteSlice line, boolean escaped) {
    int look = PlainAscii.look(line);
    // Some letters beyond ASCII have one of ASCII as their lower case.
    if ((look & PlainAscii.ODD) != 0 || (escaped && (look & PlainAscii.BACKSLASH) != 0)) {
      return false;
    }
    byte[] b = line.array();
    char first = text.charAt(anchor);
    char second = text.charAt(anchor + 1);
    int end = line.end() - (text.length() - anchor - 2);
    int at = line.offset() + anchor;
    while (at < end) {
      at = ByteSearch.findPair(first, second, b, at, end);
      if (at < end && isAt(at - anchor, b)) {
        return false;
      }
      at++;
    }
    return true;
  }

  private boolean isAt(int start, byte[] b) {
    for (int i = 0; i < text.length(); i++) {
      char c = (char) b[start + i];
      if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }
}
