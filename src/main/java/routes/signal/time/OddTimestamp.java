package routes.signal.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import routes.json.PlainAscii;

/**
 * The less usual ways to write a time that can mean one instant only: ISO-8601 in its basic form,
 * in lower case or without seconds, with {@code UTC}, {@code GMT} or a region after it, as Go, Java
 * and databases print it; mail's and HTTP's (RFC 5322, RFC 9110); a web server's access log; that
 * of C's {@code asctime} and {@code date}. What lacks a year, writes month and day in digits with
 * the year at the end, or names a zone by another abbreviation is not taken: it has more than one
 * meaning.
 */
final class OddTimestamp {

  private static final int MAX_LENGTH = 80;

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

  private static final String TIME =
      "(?<hour>\\d{2})(?<colon>:?)(?<minute>\\d{2})"
          + "(?:\\k<colon>(?<second>\\d{2})(?:[.,](?<fraction>\\d+))?)?";

  /** After an offset, the name of a zone says nothing more. */
  private static final String ZONE =
      "(?<utc>Z|UTC|UT|GMT)?(?:(?<offset>[+-]\\d{2}(?::?\\d{2})?)(?: (?:[A-Z]{2,5}|[+-]\\d{2,4}))?)?";

  /** Zones whose name alone says the offset. */
  private static final Set<String> UTC = Set.of("UTC", "GMT", "Z", "ETC/UTC", "ETC/GMT");

  private static final String WEEKDAY = "(?:(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]{0,6},? )?";
  private static final String DAY = "(?<day>\\d{1,2})";
  private static final String MONTH =
      "(?<month>" + String.join("|", MONTHS) + ")(?:UARY|RUARY|CH|IL|E|Y|UST|T|TEMBER|OBER|EMBER)?";
  private static final String YEAR = "(?<year>\\d{4})";

  private static final List<Pattern> FORMS =
      List.of(
          form(
              YEAR
                  + "(?<dash>[-/]?)(?<month>\\d{2})\\k<dash>(?<day>\\d{2})[T ]"
                  + TIME
                  + " ?"
                  + ZONE),
          form(WEEKDAY + DAY + "[ /-]" + MONTH + "[ /-]" + YEAR + "[: ]" + TIME + " ?" + ZONE),
          form(WEEKDAY + MONTH + " {1,2}" + DAY + " " + TIME + "(?: " + ZONE + ")? " + YEAR),
          form(WEEKDAY + MONTH + " {1,2}" + DAY + " " + YEAR + " " + TIME + "(?: " + ZONE + ")?"));

  private OddTimestamp() {}

  /** The instant, or null when the text is in none of the forms; digits past nine are cut. */
  static @Nullable Instant parse(ByteSlice bytes) {
    if (bytes.length() > MAX_LENGTH || !PlainAscii.covers(bytes)) {
      return null;
    }
    String text = withoutBrackets(bytes.toString().toUpperCase(Locale.ROOT));
    for (Pattern form : FORMS) {
      Matcher parts = form.matcher(text);
      if (parts.matches()) {
        return instant(parts);
      }
    }
    return null;
  }

  /** With what some put after it: a region, a comment, the reading of Go's other clock. */
  private static Pattern form(String form) {
    return Pattern.compile(
        form + "(?:\\[(?<region>[A-Z0-9_/+-]+)])?(?: \\([A-Z ]+\\))?(?: M=[+-][0-9.]+)?");
  }

  /** Without those that an access log has around it. */
  private static String withoutBrackets(String text) {
    return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
  }

  private static @Nullable Instant instant(Matcher parts) {
    String region = parts.group("region");
    boolean hasZone = parts.group("utc") != null || parts.group("offset") != null;
    if (region != null && !hasZone && !UTC.contains(region)) {
      return null;
    }
    String month = parts.group("month");
    int second = parts.group("second") == null ? 0 : number(parts, "second");
    boolean leap = second == 60;
    try {
      Instant instant =
          LocalDateTime.of(
                  number(parts, "year"),
                  MONTHS.contains(month) ? MONTHS.indexOf(month) + 1 : number(parts, "month"),
                  number(parts, "day"),
                  number(parts, "hour"),
                  number(parts, "minute"),
                  leap ? 59 : second,
                  nanos(parts.group("fraction")))
              .toInstant(offset(parts.group("offset")));
      return leap && !endsDay(instant) ? null : instant;
    } catch (DateTimeException noSuchTime) {
      return null;
    }
  }

  private static int number(Matcher parts, String group) {
    return Integer.parseInt(parts.group(group));
  }

  private static int nanos(@Nullable String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
  }

  private static ZoneOffset offset(@Nullable String offset) {
    return offset == null ? ZoneOffset.UTC : ZoneOffset.of(offset);
  }

  /** Leap seconds follow the last second of a day in UTC, and are counted as that second here. */
  private static boolean endsDay(Instant instant) {
    return Math.floorMod(instant.getEpochSecond(), 86_400L) == 86_399L;
  }
}
