package routes.signal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.ByteSlice;

class TimestampParserTest {

  private static final long YEAR_0 = -62_167_219_200L;
  private static final long YEAR_10000 = 253_402_300_800L;

  @Property
  void usual_iso_is_what_java_time_reads(
      @ForAll @LongRange(min = YEAR_0 + 86_400, max = YEAR_10000 - 86_401) long second,
      @ForAll @IntRange(max = 999_999_999) int nano,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
    Instant instant = Instant.ofEpochSecond(second, nano);
    OffsetDateTime time = instant.atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
    String text = time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnnxxx"));

    assertThat(IsoTimestamp.parse(ByteSlice.utf8(text)))
        .isEqualTo(OffsetDateTime.parse(text).toInstant())
        .isEqualTo(instant);
    assertThat(OddTimestamp.parse(ByteSlice.utf8(text))).isEqualTo(instant);
  }

  @Property
  void text_shaped_like_iso_is_read_only_if_java_time_reads_it(
      @ForAll @IntRange(max = 9999) int year,
      @ForAll @IntRange(max = 14) int month,
      @ForAll @IntRange(max = 33) int day,
      @ForAll @IntRange(max = 26) int hour,
      @ForAll @IntRange(max = 62) int minute,
      @ForAll @IntRange(max = 62) int second) {
    String text =
        String.format("%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute, second);

    assertThat(TimestampParser.parse(ByteSlice.utf8(text))).isEqualTo(javaTime(text));
  }

  private static Instant javaTime(String text) {
    try {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-08-22T13:05:09Z",
        "2026-08-22 13:05:09",
        "2026-08-22T13:05:09",
        "2026-08-22 13:05:09Z",
        "2026-08-22t13:05:09z",
        "2026-08-22T15:05:09+02:00",
        "2026-08-22T15:05:09+0200",
        "2026-08-22T15:05:09+02",
        "2026-08-22 15:05:09 +0200",
        "2026-08-22 13:05:09 Z",
        "2026-08-22T07:35:09-05:30",
        "2026-08-22T13:05:09-00:00",
        "2026-08-22T13:05:09.0000000000000Z",
        "2026-08-22T13:05:09,000Z",
        "2026-08-22 15:05:09,000+0200",
        "2026-08-22t15:05:09,0 +02",
        " 2026-08-22T13:05:09Z\n",
        "2026-08-22 13:05:09.000 UTC",
        "2026-08-22 13:05:09 GMT",
        "2026-08-22 13:05:09UTC",
        "2026-08-22 13:05:09.000000000 +0000 UTC",
        "2026-08-22 15:05:09 +0200 CEST m=+0.000123",
        "2026-08-22 18:35:09 +0530 +0530",
        "2026-08-22T13:05:09Z[UTC]",
        "2026-08-22T15:05:09+02:00[Europe/Paris]",
        "2026-08-22T13:05:09[Etc/UTC]",
        "2026-08-22T13:05:09.0000000Z",
        "2026/08/22 13:05:09",
        "20260822T130509Z",
        "20260822T150509.000+0200",
        "20260822T130509,000",
        "Sat, 22 Aug 2026 13:05:09 GMT",
        "Sat, 22 Aug 2026 15:05:09 +0200 (CEST)",
        "22 Aug 2026 13:05:09 +0000",
        "22-Aug-2026 13:05:09.000",
        "22/Aug/2026:15:05:09 +0200",
        "[22/Aug/2026:13:05:09 +0000]",
        "Sat Aug 22 13:05:09 2026",
        "Sat Aug 22 13:05:09.000000 2026",
        "Sat Aug 22 13:05:09 UTC 2026",
        "Saturday, 22 August 2026 13:05:09 UT",
        "Sat Aug 22 2026 15:05:09 GMT+0200 (Central European Summer Time)",
        "1787403909",
        "1787403909.0",
        "1.787403909e9",
        "1787403909000",
        "1787403909000000",
        "1787403909000000000"
      })
  void forms_of_one_and_the_same_instant(String text) {
    assertThat(TimestampParser.parse(ByteSlice.utf8(text)))
        .isEqualTo(Instant.parse("2026-08-22T13:05:09Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-08-22T13:05Z, 2026-08-22T13:05:00Z",
    "20260822T1305Z, 2026-08-22T13:05:00Z",
    "2026-08-22 13:05:09.123456789 +0000 UTC, 2026-08-22T13:05:09.123456789Z",
    "2026-12-31T23:59:60Z, 2026-12-31T23:59:59Z",
    "2026-12-31T23:59:60.5Z, 2026-12-31T23:59:59.500Z",
    "2027-01-01 08:59:60 +0900, 2026-12-31T23:59:59Z",
    "1 Aug 2026 13:05 GMT, 2026-08-01T13:05:00Z",
    "Sat Aug  1 13:05:09 2026, 2026-08-01T13:05:09Z",
    "2026-08-22T13:05:09.5Z, 2026-08-22T13:05:09.500Z",
    "2026-08-22T13:05:09.1234567899Z, 2026-08-22T13:05:09.123456789Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    "0, 1970-01-01T00:00:00Z",
    "0.000000001, 1970-01-01T00:00:00.000000001Z",
    "1e-99, 1970-01-01T00:00:00Z",
    "-1, 1969-12-31T23:59:59Z",
    "-0.5, 1969-12-31T23:59:59.500Z",
    "13569465599, 2399-12-31T23:59:59Z",
    "13569465600, 1970-06-07T01:17:45.600Z",
    "253402300799999, 9999-12-31T23:59:59.999Z",
    "253402300800000, 1978-01-11T21:31:40.800Z",
    "253402300799999999, 9999-12-31T23:59:59.999999Z",
    "253402300800000000, 1978-01-11T21:31:40.800Z",
    "1787403909000.123456789, 2026-08-22T13:05:09.000123456Z"
  })
  void forms_with_their_instants(String text, Instant instant) {
    assertThat(TimestampParser.parse(ByteSlice.utf8(text))).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-08-22",
        "2026-08-2213:05:09",
        "2026-02-29T00:00:00Z",
        "2026-08-22T24:00:00Z",
        "2026-08-22T13:05:60Z",
        "2026-08-22T13:05:09.Z",
        "2026-08-22T13:05:09+18:01",
        "2026-08-22T13:05:09+02:60",
        "2026-08-22T13:05:09Zulu",
        "2026-08-22T13:05:09[Europe/Paris]",
        "2026-08-22 13:05:09 CET",
        "2026-08-22 13:05:09 CST",
        "2026-08-22T13:05:09 m",
        "2026-W34-6T13:05:09Z",
        "2026-234T13:05:09Z",
        "22.08.2026 13:05:09",
        "08/22/2026 13:05:09",
        "22/08/2026 13:05:09",
        "Aug 22 13:05:09",
        "22 Aug 26 13:05:09 GMT",
        "32 Aug 2026 13:05:09 GMT",
        "22 Aux 2026 13:05:09 GMT",
        "29 Feb 2026 13:05:09 GMT",
        "13:05:09",
        "10:00:00",
        "12ms",
        "2026-08-22T23:59:61Z",
        "2026-08-22T23:59:60+01:00",
        "20260822T1305:09",
        "２０２６-08-22T13:05:09Z",
        "true",
        "1e99",
        "1e999999999",
        "99999999999999999999",
        "1787403909.",
        "-",
        "1.5.5",
        "9223372036854775808",
        "123456789e9e9",
        ".5",
        "0x10",
        "NaN"
      })
  void anything_else_is_no_time(String text) {
    assertThat(TimestampParser.parse(ByteSlice.utf8(text))).isNull();
  }

  @Property
  void a_number_is_its_exact_value_in_its_unit(
      @ForAll @LongRange(min = 0) long whole, @ForAll @IntRange(max = 999_999_999) int billionths) {
    BigDecimal number = new BigDecimal(whole + "." + String.format("%09d", billionths));
    int digits =
        whole < 13_569_465_600L
            ? 9
            : whole < 253_402_300_800_000L ? 6 : whole < 253_402_300_800_000_000L ? 3 : 0;
    BigInteger nanos = number.movePointRight(digits).toBigInteger();
    BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(1_000_000_000));
    Instant instant = Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());

    assertThat(EpochTimestamp.parse(ByteSlice.utf8(number.toPlainString()))).isEqualTo(instant);
    assertThat(EpochTimestamp.parse(ByteSlice.utf8(number.movePointLeft(5).toPlainString() + "e5")))
        .isEqualTo(instant);
  }

  @Property
  void no_text_makes_it_throw(@ForAll @StringLength(max = 80) String text) {
    TimestampParser.parse(ByteSlice.utf8(text));
  }

  @Test
  void a_time_within_a_larger_array_is_read_up_to_its_own_end() {
    ByteSlice around = ByteSlice.utf8("92026-08-22T13:05:09Z9");

    assertThat(TimestampParser.parse(around.slice(1, 21)))
        .isEqualTo(Instant.parse("2026-08-22T13:05:09Z"));
  }
}
