package routes.record;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static routes.record.Records.ARRIVAL;
import static routes.record.Records.PARSER;
import static routes.record.Records.parse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.AlikeNames;
import routes.json.ByteSlice;

class RecordParserTest {

  private static final String RECORD =
      "{\"timestamp\":\"2026-08-22T13:05:09Z\",\"service\":\"checkout\",\"record_id\":\"r1\"}";

  @Test
  void a_record_is_stored_as_it_came() {
    assertThat(parse(RECORD))
        .isEqualTo(
            new LogRecord(
                ByteSlice.utf8(RECORD), "checkout", Instant.parse("2026-08-22T13:05:09Z"), "r1"));
  }

  @Test
  void white_space_around_a_record_is_no_part_of_it() {
    assertThat(parse(" \r\n\t" + RECORD + "\r\n")).isEqualTo(parse(RECORD));
  }

  @Test
  void a_record_within_a_larger_array_is_read_on_its_own() {
    ByteSlice around = ByteSlice.utf8("}{" + RECORD + "}\"");

    assertThat(PARSER.parse(around.slice(2, around.length() - 2), ARRIVAL))
        .isEqualTo(parse(RECORD));
  }

  @Property
  void a_generated_record_keeps_every_byte_but_line_breaks(@ForAll("acceptable") String json) {
    assertThat(parse(json))
        .isInstanceOfSatisfying(
            LogRecord.class,
            record -> {
              assertThat(record.line()).hasToString(json.replaceAll("[\r\n]", ""));
              assertThat(Records.read(record.line()))
                  .isEqualTo(Records.read(json.getBytes(StandardCharsets.UTF_8)));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not-an-object    | ``",
        "not-an-object    | hello",
        "not-an-object    | [{}]",
        "not-json         | {",
        "not-json         | {}}",
        "not-json         | {} {}",
        "not-json         | {\"a\":1,}",
        "not-json         | {\"a\":01}",
        "not-json         | {\"a\":NaN}",
        "not-json         | {\"a\":\"\t\"}",
        "not-json         | {\"a\":\"\\x\"}",
        "not-json         | {a:1}",
        "not-json         | {\"a\":1 /* why */}",
        "not-json         | {\"a\":1,\"a\":1}",
        "not-json         | {\"a\":1,\"\\u0061\":1}",
        "not-json         | {\"o\":[{\"a\":1},{\"b\":{},\"b\":2}]}",
        "no-service       | {\"timestamp\":1700000001}",
        "no-service       | {\"timestamp\":1700000001,\"service\":null}",
        "no-service       | {\"timestamp\":1700000001,\"service\":{\"id\":\"a\"}}",
        "bad-service      | {\"timestamp\":1700000001,\"service\":7}",
        "no-service       | {\"timestamp\":1700000001,\"service\":\" \"}",
        "no-service       | {\"timestamp\":1700000001,\"service\":\"\\u0020\\n\"}",
        "bad-service      | {\"timestamp\":1700000001,\"app\":7,\"serviceName\":\"a\"}",
        "no-timestamp     | {\"service\":\"a\"}",
        "no-timestamp     | {\"service\":\"a\",\"timestamp\":null}",
        "bad-timestamp    | {\"service\":\"a\",\"timestamp\":\"soon\"}",
        "bad-timestamp    | {\"service\":\"a\",\"timestamp\":true}",
        "no-timestamp     | {\"service\":\"a\",\"timestamp\":\"\"}",
        "bad-timestamp    | {\"service\":\"a\",\"time\":\"12ms\",\"ts\":1700000001}",
        "bad-timestamp    | {\"service\":\"a\",\"timestamp\":0}",
        "bad-timestamp    | {\"service\":\"a\",\"timestamp\":0.123}",
        "bad-timestamp    | {\"service\":\"a\",\"timestamp\":\"946684799.999\"}",
        "bad-timestamp    | {\"service\":\"a\",\"timestamp\":946684799999}",
        "bad-timestamp    | {\"service\":\"a\",\"timestamp\":\"1970-01-01T00:00:00Z\"}",
        "before-1970      | {\"service\":\"a\",\"timestamp\":-1}",
        "before-1970      | {\"service\":\"a\",\"timestamp\":\"1969-12-31T23:59:59.999Z\"}",
        "too-far-in-future| {\"service\":\"a\",\"timestamp\":\"2026-08-23T13:30:00.001Z\"}"
      })
  void what_is_no_record_is_rejected_with_its_reason(String code, String json) {
    assertThat(parse(json))
        .isInstanceOfSatisfying(
            Rejection.class, rejection -> assertThat(rejection.reason().code()).isEqualTo(code));
  }

  @Test
  void a_rejection_names_the_value_and_what_is_allowed() {
    assertThat(parse("{\"service\":\"a\",\"timestamp\":\"soon\\u0000\"}"))
        .isEqualTo(
            new Rejection(
                Reason.BAD_TIMESTAMP,
                "Timestamp \"soon\uFFFD\" is neither ISO-8601, such as 2026-08-22T13:05:09Z, nor"
                    + " a number of seconds, milli-, micro- or nanoseconds since 1970"));
  }

  @Test
  void a_record_from_as_far_ahead_as_allowed_is_accepted() {
    assertThat(parse("{\"service\":\"a\",\"timestamp\":\"2026-08-23T13:30:00Z\"}"))
        .isInstanceOf(LogRecord.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a | {\"timestamp\":1700000001,\"app\":\"c\",\"service\":\"a\"}",
        "b | {\"timestamp\":1700000001,\"service\":null,\"app\":\"b\"}",
        "c | {\"timestamp\":1700000001,\"service\":\"\",\"service.name\":\" \\t\",\"app\":\"c\"}",
        "d | {\"timestamp\":1700000001,\"service\":{\"v\":[1],\"name\":\"d\"}}",
        "e | {\"timestamp\":1700000001,\"service.name\":\"e\"}",
        "f | {\"timestamp\":1700000001,\"service.name\":\"f\",\"service\":{\"id\":1},\"app\":\"g\"}",
        "g | {\"timestamp\":1700000001,\"nested\":{\"service\":\"a\"},\"app\":\"g\"}",
        "é | {\"timestamp\":1700000001,\"service\":\"\\u00e9\"}",
        "é | {\"timestamp\":1700000001,\"s\\u0065rvice\":\"é\"}"
      })
  void the_first_name_in_order_that_holds_something_counts(String service, String json) {
    assertThat(parse(json))
        .isInstanceOfSatisfying(
            LogRecord.class, record -> assertThat(record.service()).isEqualTo(service));
  }

  @Test
  void a_service_is_what_each_record_says_however_many_there_were_before() {
    List<String> names =
        IntStream.range(0, 1_100)
            .mapToObj(i -> "s" + i)
            .flatMap(name -> Stream.of(name, "\\u0073" + name.substring(1)))
            .toList();
    for (int times = 0; times < 2; times++) {
      for (String name : names) {
        assertThat(parse("{\"timestamp\":1700000001,\"service\":\"" + name + "\"}"))
            .isInstanceOfSatisfying(
                LogRecord.class,
                record -> assertThat(record.service()).isEqualTo(name.replace("\\u0073", "s")));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "none | {\"timestamp\":1700000001,\"service\":\"a\"}",
        "r    | {\"timestamp\":1700000001,\"service\":\"a\",\"ingest_id\":\"i\",\"record_id\":\"r\"}",
        "i    | {\"timestamp\":1700000001,\"service\":\"a\",\"ingest_id\":\"i\",\"record_id\":\"\"}",
        "i    | {\"timestamp\":1700000001,\"service\":\"a\",\"ingest_id\":\"i\",\"record_id\":null}",
        "17   | {\"timestamp\":1700000001,\"service\":\"a\",\"record_id\":17}",
        "none | {\"timestamp\":1700000001,\"service\":\"a\",\"record_id\":true}"
      })
  void the_id_is_the_senders_else_intakes(String id, String json) {
    assertThat(parse(json))
        .isInstanceOfSatisfying(LogRecord.class, record -> assertThat(record.id()).isEqualTo(id));
  }

  @Test
  void depth_is_limited_and_so_is_nothing_within_it() {
    String deep = "{\"timestamp\":1700000001,\"service\":\"a\",\"d\":%s}";

    assertThat(parse(String.format(deep, "[".repeat(99) + "]".repeat(99))))
        .isInstanceOf(LogRecord.class);
    assertThat(parse(String.format(deep, "[".repeat(100) + "]".repeat(100))))
        .isEqualTo(new Rejection(Reason.TOO_DEEP, "The record nests deeper than 100 levels"));
    assertThat(parse(String.format(deep, "9".repeat(5000)))).isInstanceOf(LogRecord.class);
    assertThat(parse(String.format(deep, "{\"" + "n".repeat(60_000) + "\":1}")))
        .isInstanceOf(LogRecord.class);
  }

  @Test
  void length_is_limited_white_space_around_not_counted() {
    RecordParser parser =
        new RecordParser(
            FieldNames.DEFAULT,
            new RecordLimits(RECORD.length(), 5, Duration.ZERO),
            service -> null);

    assertThat(parser.parse(ByteSlice.utf8(" " + RECORD + "\n"), ARRIVAL))
        .isInstanceOf(LogRecord.class);
    assertThat(parser.parse(ByteSlice.utf8(RECORD.replace("r1", "r12")), ARRIVAL))
        .isEqualTo(
            new Rejection(
                Reason.TOO_LARGE,
                "The record takes "
                    + (RECORD.length() + 1)
                    + " bytes, of at most "
                    + RECORD.length()));
  }

  @Test
  void bytes_that_are_not_utf_8_are_rejected_even_in_values_nobody_reads() {
    byte[] overlong = RECORD.replace("r1", "\0\0").getBytes(StandardCharsets.ISO_8859_1);
    int at = RECORD.indexOf("r1");
    overlong[at] = (byte) 0xC0;
    overlong[at + 1] = (byte) 0xAF;

    assertThat(PARSER.parse(ByteSlice.of(overlong), ARRIVAL))
        .isInstanceOfSatisfying(
            Rejection.class,
            rejection -> {
              assertThat(rejection.reason()).isEqualTo(Reason.NOT_UTF_8);
              assertThat(rejection.message()).startsWith("Not UTF-8 at byte " + at + ": ");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"m\":\"cut ~\\ud83d\"",
        "\"m\":\"~\\uDE00\"",
        "\"m\":\"~\\ud83d\\ud83d\\ude00\"",
        "\"m\":\"~\\ud83d\\n\"",
        "\"m\":\"\\ud83d\\ude00~\\ude00\"",
        "\"m\":\"~\\ud83d\\\\ude00\"",
        "\"m\":\"\\\\~\\ud83d\"",
      })
  void half_a_surrogate_pair_is_rejected_with_its_place(String field) {
    String json = RECORD.replace("}", "," + field + "}");
    int at = json.indexOf('~');

    assertThat(parse(json.replace("~", "")))
        .isEqualTo(
            new Rejection(
                Reason.NOT_JSON,
                "Not JSON that every reader takes, at byte %d: half a surrogate pair, \"%s\""
                    .formatted(at, json.substring(at + 1, at + 7))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\ud83d\":1", "\"o\":[{\"a\\ude00\":{}}]"})
  void half_a_surrogate_pair_in_a_name_is_too(String field) {
    assertThat(parse(RECORD.replace("}", "," + field + "}")))
        .isInstanceOfSatisfying(
            Rejection.class,
            rejection -> {
              assertThat(rejection.reason()).isEqualTo(Reason.NOT_JSON);
              assertThat(rejection.message()).contains("at byte ", "surrogate");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud83d\\ude00",
        "\\uD83D\\uDE00",
        "\\\\ud83d",
        "\\u0000\\u001f\\uffff",
        "\u007f\u2028\ufeff",
        "\\/"
      })
  void what_readers_take_is_taken(String text) {
    assertThat(parse(RECORD.replace("}", ",\"%s\":\"%s\"}".formatted(text, text))))
        .isInstanceOf(LogRecord.class);
  }

  @Test
  void many_names_are_told_apart_in_time_whatever_their_hashes() {
    String different =
        IntStream.range(0, 20_000).mapToObj(i -> "\"n" + i + "\":1").collect(joining(","));
    // "Aa" and "BB" have one hash, and so have all of these.
    String alike =
        IntStream.range(0, 1 << 14)
            .mapToObj(
                i -> IntStream.range(0, 14).mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB"))
            .map(parts -> "\"" + parts.collect(joining()) + "\":1")
            .collect(joining(","));
    String nested =
        IntStream.range(0, 5_000).mapToObj(i -> "{\"a\":1,\"b\":2}").collect(joining(","));

    for (String fields : List.of(different, alike, "\"l\":[" + nested + "]")) {
      assertThat(parse(RECORD.replace("}", "," + fields + "}"))).isInstanceOf(LogRecord.class);
      String twice = RECORD.replace("}", "," + fields + ",\"service\":1}");
      assertThat(parse(twice))
          .isInstanceOfSatisfying(
              Rejection.class,
              rejection -> {
                assertThat(rejection.reason()).isEqualTo(Reason.NOT_JSON);
                assertThat(rejection.message()).contains("Duplicate field 'service'");
              });
    }
  }

  @Test
  @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
  void names_with_one_hash_in_the_parser_take_no_longer() {
    RecordParser large =
        new RecordParser(
            FieldNames.DEFAULT,
            new RecordLimits(32 << 20, 100, Duration.ofHours(1)),
            name -> name.isBlank() ? "is blank" : null);
    String record = RECORD.replace("}", "," + AlikeNames.ofBytes(17) + "}");

    assertThat(large.parse(ByteSlice.utf8(record), ARRIVAL)).isInstanceOf(LogRecord.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "timestamp,@timestamp | {\"service\":\"a\",\"timestamp\":\"\",\"@timestamp\":1700000001}",
        "timestamp,@timestamp | {\"service\":\"a\",\"timestamp\":null,\"@timestamp\":\" 1700000001 \"}",
        "time,timestamp       | {\"service\":\"a\",\"time\":\"12ms\",\"timestamp\":1700000001}",
        "a.b.c,timestamp      | {\"service\":\"a\",\"a\":{\"b\":{\"c\":1700000001}}}",
        "a.b.c,timestamp      | {\"service\":\"a\",\"a\":{\"x\":{\"c\":1},\"b.c\":1700000001}}",
        "a.b.c,timestamp      | {\"service\":\"a\",\"a.b\":{\"c\":1700000001},\"a\":[1]}",
        "a.b.c,timestamp      | {\"service\":\"a\",\"a.b.c\":1700000001,\"a\":{\"b\":{\"c\":2}}}",
        "a.b.c,timestamp      | {\"service\":\"a\",\"a\":[{\"b\":{\"c\":1}}],\"timestamp\":1700000001}"
      })
  void names_with_dots_are_found_at_any_depth(String names, String json) {
    RecordParser parser =
        new RecordParser(
            new FieldNames(
                FieldNames.names("timestamp", names),
                List.of("service"),
                List.of("level"),
                List.of("message")),
            RecordLimits.DEFAULT,
            service -> null);

    assertThat(parser.parse(ByteSlice.utf8(json), ARRIVAL))
        .isInstanceOfSatisfying(
            LogRecord.class,
            record -> assertThat(record.time()).isEqualTo(Instant.ofEpochSecond(1_700_000_001)));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16LE, NOT_JSON",
    "UTF-32LE, NOT_JSON",
    "UTF-16BE, NOT_AN_OBJECT",
    "UTF-32BE, NOT_AN_OBJECT",
    "UTF-16, NOT_UTF_8"
  })
  void utf_16_and_utf_32_are_rejected(Charset charset, Reason reason) {
    assertThat(PARSER.parse(ByteSlice.of(RECORD.getBytes(charset)), ARRIVAL))
        .isInstanceOfSatisfying(
            Rejection.class, rejection -> assertThat(rejection.reason()).isEqualTo(reason));
  }

  @Property(tries = 3000)
  void no_bytes_make_it_throw(@ForAll byte[] bytes) {
    PARSER.parse(ByteSlice.of(bytes), ARRIVAL);
    PARSER.parse(ByteSlice.of(bytes), ARRIVAL, Records.enrichment());
  }

  @Property(tries = 3000)
  void no_damage_to_a_record_makes_it_throw(
      @ForAll("acceptable") String json, @ForAll int at, @ForAll byte damage) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    bytes[Math.floorMod(at, bytes.length)] = damage;

    PARSER.parse(ByteSlice.of(bytes), ARRIVAL);
    PARSER.parse(ByteSlice.of(bytes), ARRIVAL, Records.enrichment());
  }

  @Provide
  Arbitrary<String> acceptable() {
    return Records.acceptable();
  }
}
