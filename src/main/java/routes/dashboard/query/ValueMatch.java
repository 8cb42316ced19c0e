package routes.dashboard.query;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
  private final Optional<Glob> glob;
  private final boolean plain;
  private final Optional<RawText> raw;

  /**
   * @param verbatim whether {@code *} is a star
   */
  ValueMatch(Comparison comparison, String wanted, boolean verbatim) {
    this.comparison = comparison;
    this.wanted = wanted.toLowerCase(Locale.ROOT);
    number = number(wanted);
    glob =
        verbatim || comparison != Comparison.EQUAL || wanted.indexOf('*') < 0
            ? Optional.empty()
            : Optional.of(Glob.of(this.wanted));
    plain =
        comparison == Comparison.EQUAL
            && glob.isEmpty()
            && number.isEmpty()
            && PLAIN.matcher(this.wanted).matches();
    raw = plain ? RawText.of(wanted) : Optional.empty();
  }

  boolean accepts(String value) {
    if (glob.isPresent()) {
      return glob.get().matches(value.toLowerCase(Locale.ROOT));
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

  /** Ids that a line with such a value has. */
  Set<Long> ids() {
    return plain ? HexIds.of(wanted) : Set.of();
  }

  private static Optional<BigDecimal> number(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }
}
