package routes.record;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time as a number since 1970-01-01T00:00Z, with a fraction or an exponent if need be. Its size
 * tells the unit, with Vector's boundaries (its splunk_hec source): below 13,569,465,600, the year
 * 2400 in seconds, it counts seconds, below the year 10000 in milliseconds it counts those; and so
 * on for micro- and nanoseconds.
 */
final class EpochTimestamp {

  private static final Pattern NUMBER =
      Pattern.compile("-?\\d{1,20}(\\.\\d{1,40})?([eE][+-]?\\d{1,2})?");

  private static final BigDecimal FIRST_MILLIS = new BigDecimal(13_569_465_600L);
  private static final BigDecimal FIRST_MICROS = new BigDecimal(253_402_300_800_000L);
  private static final BigDecimal FIRST_NANOS = new BigDecimal(253_402_300_800_000_000L);
  private static final BigDecimal TOO_MUCH = new BigDecimal(Long.MAX_VALUE);

  private EpochTimestamp() {}

  /** The instant, cut to the nanosecond, or null when the text is no number or far too large. */
  static @Nullable Instant parse(ByteSlice text) {
    String number = text.length() > 70 ? "" : text.toString();
    if (!NUMBER.matcher(number).matches()) {
      return null;
    }
    BigDecimal value = new BigDecimal(number);
    BigDecimal size = value.abs();
    if (size.compareTo(TOO_MUCH) > 0) {
      return null;
    }
    int digitsToNanos =
        size.compareTo(FIRST_MILLIS) < 0
            ? 9
            : size.compareTo(FIRST_MICROS) < 0 ? 6 : size.compareTo(FIRST_NANOS) < 0 ? 3 : 0;
    BigDecimal nanos = value.movePointRight(digitsToNanos).setScale(0, RoundingMode.FLOOR);
    BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
    return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
  }
}
