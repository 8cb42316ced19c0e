package routes.dashboard.query;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text in any case, as it is or as JSON escapes it. */
record TextForms(List<String> forms) {

  private static final int LAST_OF_ASCII = 0x7f;

  static TextForms of(String text) {
    String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(text));
    return new TextForms(
        Stream.of(text, escaped, inAscii(escaped))
            .map(form -> form.toLowerCase(Locale.ROOT))
            .distinct()
            .toList());
  }

  /**
   * @param line in lower case
   */
  boolean in(String line) {
    for (String form : forms) {
      if (line.contains(form)) {
        return true;
      }
    }
    return false;
  }

  /** As many loggers write JSON, Python's among them. */
  private static String inAscii(String text) {
    return text.chars()
        .mapToObj(
            c ->
                c <= LAST_OF_ASCII
                    ? Character.toString(c)
                    : "\\u" + HexFormat.of().toHexDigits((char) c))
        .collect(Collectors.joining());
  }
}
