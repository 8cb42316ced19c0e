package routes.dashboard.query;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a value must be, in any case: equal to a text in which {@code *} stands for anything, or on
 * one side of it, as numbers where both are.
 */
final class ValueMatch {

  /** Nothing in it that JSON may write in another way. */
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9 ._:-]{2,}");

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?");

  private final Comparison comparison;
  private final String wanted;
  private final Optional<BigDecimal> number;
  private final Optional<Pattern> pattern;
  private final boolean plain;
  private final Optional<RawText> raw;

  /**
   * @param verbatim whether {@code *} is a star
   */
  ValueMatch(Comparison comparison, String wanted, boolean verbatim) {
    this.comparison = comparison;
    this.wanted = wanted.toLowerCase(Locale.ROOT);
    number = number(wanted);
    pattern =
        verbatim || comparison != Comparison.EQUAL || wanted.indexOf('*') < 0
            ? Optional.empty()
            : Optional.of(pattern(wanted));
    plain =
        comparison == Comparison.EQUAL
            && pattern.isEmpty()
            && number.isEmpty()
            && PLAIN.matcher(this.wanted).matches();
    raw = plain ? RawText.of(wanted) : Optional.empty();
  }

  boolean accepts(String value) {
    if (pattern.isPresent()) {
      return pattern.get().matcher(value).matches();
    }
    Optional<BigDecimal> own = number.isPresent() ? number(value) : Optional.empty();
    int order =
        own.isPresent()
            ? own.get().compareTo(number.get())
            : value.toLowerCase(Locale.ROOT).compareTo(wanted);
    // Between a number and a text there is no order.
    return comparison.holds(order)
        && (comparison == Comparison.EQUAL || own.isPresent() == number.isPresent());
  }

  /** Whether a line can have such a value, as far as its text tells; spares taking most apart. */
  boolean mayBeIn(Candidate candidate) {
    if (!plain) {
      return true;
    }
    return raw.filter(text -> text.isMissing(candidate.line(), true)).isEmpty()
        && (candidate.text().contains(wanted) || candidate.text().contains("\\u"));
  }

  private static Optional<BigDecimal> number(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  private static Pattern pattern(String wanted) {
    String[] parts = wanted.split("\\*", -1);
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      expression.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
    }
    return Pattern.compile(
        expression.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }
}
