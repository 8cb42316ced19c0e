package routes.dashboard.query;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text in any case, as it is or as JSON escapes it. */
record TextForms(List<String> forms, Optional<RawText> raw) {

  private static final int LAST_OF_ASCII = 0x7f;

  static TextForms of(String text) {
    String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(text));
    List<String> forms =
        Stream.of(text, escaped, inAscii(escaped))
            .map(form -> form.toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    return new TextForms(forms, forms.size() == 1 ? RawText.of(text) : Optional.empty());
  }

  boolean in(Candidate candidate) {
    if (raw.filter(text -> text.isMissing(candidate.line(), false)).isPresent()) {
      return false;
    }
    for (String form : forms) {
      if (candidate.text().contains(form)) {
        return true;
      }
    }
    return false;
  }

  /** Ids that a line with it has. */
  Set<Long> ids() {
    return forms.size() == 1 ? HexIds.of(forms.get(0)) : Set.of();
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
