package routes.log;

import java.util.HexFormat;

/**
 * Shows characters that would move the cursor, break the line or turn its direction: with them, the
 * name of a file or of a service could forge lines of a log.
 */
public final class ControlCharacters {

  private static final String LINE_FEED = "\\n";
  private static final String CARRIAGE_RETURN = "\\r";

  private ControlCharacters() {}

  /** The text on one line, with such characters as in a Java string; a tab stays. */
  public static String escape(String text) {
    return text.chars().noneMatch(ControlCharacters::isControl)
        ? text
        : text.chars()
            .collect(
                StringBuilder::new,
                (escaped, c) -> append((char) c, escaped),
                StringBuilder::append)
            .toString();
  }

  private static void append(char c, StringBuilder to) {
    if (!isControl(c)) {
      to.append(c);
    } else if (c == '\n') {
      to.append(LINE_FEED);
    } else if (c == '\r') {
      to.append(CARRIAGE_RETURN);
    } else {
      to.append("\\u").append(HexFormat.of().toHexDigits(c));
    }
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\t';
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> isDirection(c);
    };
  }

  /** The marks of Unicode's bidirectional algorithm (UAX #9, section 2). */
  private static boolean isDirection(int c) {
    return c == 0x061c
        || (c >= 0x200e && c <= 0x200f)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
