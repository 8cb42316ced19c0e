package routes.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The less usual forms of ISO-8601, by way of java.time: lower case, no seconds, an offset such as
 * {@code +02} or after a space.
 */
final class OddIsoTimestamp {

  private static final int DATE_LENGTH = 10;
  private static final int MAX_LENGTH = 50;

  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("'T'HH:mm[:ss[")
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .appendPattern("]][' '][XXX][XX][X]")
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(IsoChronology.INSTANCE);

  private OddIsoTimestamp() {}

  static @Nullable Instant parse(ByteSlice text) {
    if (text.length() <= DATE_LENGTH || text.length() > MAX_LENGTH || !PlainAscii.covers(text)) {
      return null;
    }
    String upper = text.toString().toUpperCase(Locale.ROOT).replace(',', '.');
    boolean spaced = upper.charAt(DATE_LENGTH) == ' ';
    String joined =
        spaced ? upper.substring(0, DATE_LENGTH) + "T" + upper.substring(DATE_LENGTH + 1) : upper;
    try {
      return FORMAT.parse(joined, OffsetDateTime::from).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
