package routes.record;

import routes.json.ByteSlice;

/**
 * A value as a message shows it: its first characters, in quotes. What cannot be printed, or cannot
 * travel in an SQS message, shows as U+FFFD.
 */
final class Excerpt {

  private static final int MAX_CHARACTERS = 120;
  private static final int MAX_BYTES_A_CHARACTER = 4;

  private Excerpt() {}

  static String of(ByteSlice bytes) {
    return of(
        bytes
            .slice(0, Math.min(bytes.length(), (MAX_CHARACTERS + 1) * MAX_BYTES_A_CHARACTER))
            .toString());
  }

  static String of(String text) {
    StringBuilder excerpt = new StringBuilder("\"");
    text.codePoints()
        .limit(MAX_CHARACTERS)
        .map(c -> isPrintable(c) ? c : '\uFFFD')
        .forEach(excerpt::appendCodePoint);
    boolean whole = text.codePointCount(0, text.length()) <= MAX_CHARACTERS;
    return excerpt.append(whole ? "\"" : "…\"").toString();
  }

  private static boolean isPrintable(int codePoint) {
    return Character.isDefined(codePoint)
        && !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }
}
