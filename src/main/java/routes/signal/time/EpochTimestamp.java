package routes.signal.time;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;

/**
 * A time as a number since 1970-01-01T00:00Z, with a fraction or an exponent if need be. Its size
 * tells the unit, with Vector's boundaries (its splunk_hec source): below 13,569,465,600, the year
 * 2400 in seconds, it counts seconds, below the year 10000 in milliseconds it counts those; and so
 * on for micro- and nanoseconds.
 */
final class EpochTimestamp {

  private static final long FIRST_MILLIS = 13_569_465_600L;
  private static final long FIRST_MICROS = 253_402_300_800_000L;
  private static final long FIRST_NANOS = 253_402_300_800_000_000L;

  private static final int MAX_DIGITS = 19;
  private static final int FRACTION_DIGITS = 9;
  private static final long BILLION = 1_000_000_000L;
  private static final Pattern WITH_EXPONENT =
      Pattern.compile("-?\\d{1,20}(\\.\\d{1,20})?[eE][+-]?\\d{1,2}");

  private EpochTimestamp() {}

  /** The instant, cut to the nanosecond, or null when the text is no number or far too large. */
  static @Nullable Instant parse(ByteSlice text) {
    byte[] b = text.array();
    int end = text.end();
    boolean negative = !text.isEmpty() && text.at(0) == '-';
    int first = text.offset() + (negative ? 1 : 0);
    long whole = 0;
    int at = first;
    for (; at < end && isDigit(b[at]); at++) {
      whole = whole * 10 + (b[at] - '0');
    }
    if (at == first || at - first > MAX_DIGITS || whole < 0) {
      return null;
    }
    long billionths = 0;
    if (at < end && b[at] == '.') {
      int point = at++;
      for (; at < end && isDigit(b[at]); at++) {
        if (at - point <= FRACTION_DIGITS) {
          billionths = billionths * 10 + (b[at] - '0');
        }
      }
      if (at == point + 1) {
        return null;
      }
      for (int digits = at - point - 1; digits < FRACTION_DIGITS; digits++) {
        billionths *= 10;
      }
    }
    return at == end ? instant(negative, whole, billionths) : withExponent(text);
  }

  private static Instant instant(boolean negative, long whole, long billionths) {
    long unitsInSecond =
        whole < FIRST_MILLIS
            ? 1
            : whole < FIRST_MICROS ? 1_000 : whole < FIRST_NANOS ? 1_000_000 : BILLION;
    long seconds = whole / unitsInSecond;
    long nanos = whole % unitsInSecond * (BILLION / unitsInSecond) + billionths / unitsInSecond;
    return negative
        ? Instant.ofEpochSecond(-seconds, -nanos)
        : Instant.ofEpochSecond(seconds, nanos);
  }

  /** Writes the number out and reads it again, which the pattern keeps from being a long one. */
  private static @Nullable Instant withExponent(ByteSlice text) {
    String number = text.length() > 50 ? "" : text.toString();
    return WITH_EXPONENT.matcher(number).matches()
        ? parse(ByteSlice.utf8(new BigDecimal(number).toPlainString()))
        : null;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
