package routes.signal.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;

/**
 * The usual forms of ISO-8601, read without an object but the result: {@code
 * 2026-08-22T13:05:09.123Z}, with T or a space, with or without a fraction, with {@code Z}, an
 * offset such as {@code +02:00} or {@code +0200}, or no zone, which is UTC.
 */
final class IsoTimestamp {

  private static final int LENGTH_TO_SECONDS = 19;
  private static final int MAX_OFFSET_SECONDS = 18 * 3600;
  private static final int NANOS_DIGITS = 9;

  private IsoTimestamp() {}

  /** The instant, or null when the text is in none of these forms; digits past nine are cut. */
  static @Nullable Instant parse(ByteSlice text) {
    byte[] b = text.array();
    int at = text.offset();
    int end = text.end();
    if (text.length() < LENGTH_TO_SECONDS
        || b[at + 4] != '-'
        || b[at + 7] != '-'
        || (b[at + 10] != 'T' && b[at + 10] != ' ')
        || b[at + 13] != ':'
        || b[at + 16] != ':') {
      return null;
    }
    int year = digits(b, at, 4);
    int month = digits(b, at + 5, 2);
    int day = digits(b, at + 8, 2);
    int hour = digits(b, at + 11, 2);
    int minute = digits(b, at + 14, 2);
    int second = digits(b, at + 17, 2);
    if (year < 0 || !isDate(year, month, day) || !isTime(hour, minute, second)) {
      return null;
    }
    at += LENGTH_TO_SECONDS;
    int nanos = 0;
    if (at < end && (b[at] == '.' || b[at] == ',')) {
      int firstDigit = ++at;
      for (; at < end && b[at] >= '0' && b[at] <= '9'; at++) {
        if (at - firstDigit < NANOS_DIGITS) {
          nanos = nanos * 10 + (b[at] - '0');
        }
      }
      if (at == firstDigit) {
        return null;
      }
      for (int digits = at - firstDigit; digits < NANOS_DIGITS; digits++) {
        nanos *= 10;
      }
    }
    int offset = offsetSeconds(b, at, end);
    if (offset == Integer.MIN_VALUE) {
      return null;
    }
    long secondOfDay = hour * 3600L + minute * 60L + second;
    return Instant.ofEpochSecond(
        LocalDate.of(year, month, day).toEpochDay() * 86_400L + secondOfDay - offset, nanos);
  }

  private static boolean isDate(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
  }

  private static boolean isTime(int hour, int minute, int second) {
    return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
  }

  /**
   * The offset from UTC that fills the rest of the text, or the least integer for anything else.
   */
  private static int offsetSeconds(byte[] b, int at, int end) {
    int length = end - at;
    if (length == 0 || (length == 1 && b[at] == 'Z')) {
      return 0;
    }
    boolean colon = length == 6 && b[at + 3] == ':';
    if ((!colon && length != 5) || (b[at] != '+' && b[at] != '-')) {
      return Integer.MIN_VALUE;
    }
    int hours = digits(b, at + 1, 2);
    int minutes = digits(b, end - 2, 2);
    int seconds = hours * 3600 + minutes * 60;
    if (hours < 0 || minutes < 0 || minutes > 59 || seconds > MAX_OFFSET_SECONDS) {
      return Integer.MIN_VALUE;
    }
    return b[at] == '+' ? seconds : -seconds;
  }

  /** The number that so many digits make, or -1 when one of them is none. */
  private static int digits(byte[] b, int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
