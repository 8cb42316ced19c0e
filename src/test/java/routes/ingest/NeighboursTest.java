package routes.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.Intake;
import routes.record.LogRecord;
import routes.record.RecordLimits;
import routes.record.RecordParsers;

/** What is odd or wrong in one of several that came together is no matter of the others. */
class NeighboursTest {

  private static final int DEEP = 5000;

  private static final String DIGITS = "77777777777777777777777777777777777777777777777777";
  private static final String MANY = DIGITS + DIGITS + DIGITS + DIGITS + DIGITS;
  private static final String LONG = MANY + MANY + MANY + MANY + "7";

  private static final Map<String, Protocol> PROTOCOLS =
      Protocols.byPath(
          new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
          "job");

  private static final String SPAN = "{\"traceId\":\"1\",\"id\":\"1\",\"tags\":{\"n\":%s}}";

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "-1E+2147483648", "1e-2147483650", LONG})
  void a_number_that_java_cannot_hold_is_kept_as_its_text(String number) {
    assertKept("/api/v2/logs", "[{\"m\":1},{\"n\":%s}]", number, "\"n\":\"" + number + "\"");
    assertKept(
        "/services/collector",
        "{\"event\":1}{\"event\":{\"n\":%s}}",
        number,
        "\"n\":\"" + number + "\"");
    assertKept(
        "/api/v2/spans",
        "[" + SPAN.formatted(1) + "," + SPAN + "]",
        number,
        "\"n\":\"" + number + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E+999999", "-1E+400", "1E-99999999", MANY})
  void a_number_that_java_can_hold_stays_one(String number) {
    assertKept("/api/v2/logs", "[{\"m\":1},{\"n\":%s}]", number, "\"n\":" + number + ",");
  }

  @Test
  void a_name_that_is_longer_than_jackson_likes_is_kept() {
    String name = "n".repeat(60_000);
    assertKept("/api/v2/logs", "[{\"m\":1},{\"%s\":1}]", name, name);
    assertKept("/services/collector", "{\"event\":1}{\"event\":{\"%s\":1}}", name, name);
    String spans = "[" + SPAN.formatted(1) + "," + SPAN.formatted("1,\"%s\":\"t\"") + "]";
    assertKept("/api/v2/spans", spans, name, name);
  }

  private static void assertKept(String path, String body, String number, String field) {
    Intake intake = read(path, body.formatted(number));

    assertThat(intake.rejected()).isEmpty();
    assertThat(intake.accepted())
        .extracting(LogRecord::line)
        .hasSize(2)
        .last()
        .asString()
        .contains(field);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void what_is_too_deep_or_too_long_is_refused_alone(String value, String reason) {
    assertThat(read("/api/v2/logs", "[{\"m\":1},{\"n\":%s},{\"m\":2}]".formatted(value)))
        .satisfies(intake -> assertOneRefused(intake, reason));
    assertThat(
            read(
                "/api/v2/spans",
                "[%s,%s,%s]"
                    .formatted(SPAN.formatted(1), SPAN.formatted(value), SPAN.formatted(2))))
        .satisfies(intake -> assertOneRefused(intake, reason));
  }

  static Stream<Object[]> wrong() {
    return Stream.of(
        new Object[] {"[".repeat(DEEP) + "]".repeat(DEEP), "too-deep"},
        new Object[] {"{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP), "too-deep"},
        new Object[] {"\"" + "x".repeat(RecordLimits.DEFAULT.maxBytes()) + "\"", "too-large"},
        new Object[] {
          "1,\"" + "n".repeat(RecordLimits.DEFAULT.maxBytes()) + "\":\"1\"", "too-large"
        });
  }

  @ParameterizedTest
  @MethodSource("wrongOfOtlp")
  void a_log_of_open_telemetrys_is_refused_alone(String fields) {
    Intake intake =
        read(
            "/v1/logs",
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{},{%s},{}]}]}]}"
                .formatted(fields));

    assertOneRefused(intake, "not-json");
  }

  static Stream<String> wrongOfOtlp() {
    String list = "{\"arrayValue\":{\"values\":[";
    return Stream.of(
        "\"body\":" + list.repeat(DEEP) + "]}}".repeat(DEEP),
        "\"severityNumber\":" + LONG,
        "\"body\":{\"doubleValue\":" + LONG + "}",
        "\"body\":{\"doubleValue\":1e99999999999}",
        "\"attributes\":{\"a\":{\"b\":[1]}}",
        "\"attributes\":[5,{\"key\":\"a\"}]",
        "\"attributes\":[{\"key\":\"a\",\"value\":[]}]",
        "\"body\":\"text\"");
  }

  private static void assertOneRefused(Intake intake, String reason) {
    assertThat(intake.accepted()).hasSize(2);
    assertThat(intake.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.index()).isEqualTo(1);
              assertThat(rejected.rejection().reason().code()).isEqualTo(reason);
            });
  }

  private static Intake read(String path, String body) {
    Protocol protocol = Objects.requireNonNull(PROTOCOLS.get(path.replace("/v1/logs", "/v1")));
    return protocol
        .read(
            Requests.body(body.getBytes(UTF_8)),
            Requests.head(path, "application/json", null, null))
        .intake();
  }
}
