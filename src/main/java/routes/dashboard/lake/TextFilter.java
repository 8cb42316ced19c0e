package routes.dashboard.lake;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import routes.record.ByteSlice;

/** Whether a record holds a text, in any case, as it is or as JSON escapes it. */
final class TextFilter {

  private static final int LAST_OF_ASCII = 0x7f;

  private final List<String> forms;

  TextFilter(String text) {
    String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(text));
    forms =
        Stream.of(text, escaped, inAscii(escaped))
            .map(form -> form.toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
  }

  boolean accepts(ByteSlice line) {
    String text = line.toString().toLowerCase(Locale.ROOT);
    return forms.stream().anyMatch(text::contains);
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
