package routes.intake.hec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.intake.HttpProblem;
import routes.intake.InvalidRecordsException;
import routes.intake.RecordError;
import routes.intake.Requests;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.Intake;
import routes.record.LogRecord;
import routes.record.RecordLimits;
import routes.record.RecordParser;

/** What becomes of what is sent to Splunk's HTTP Event Collector. */
class HecBodiesTest {

  private static final String EVENTS = "/services/collector/event";
  private static final String LINES = "/services/collector/raw/1.0";
  private static final Instant ARRIVAL = Instant.parse("2026-11-20T09:00:00.5Z");

  private final HecBodies bodies =
      new HecBodies(
          new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
          Clock.fixed(ARRIVAL, ZoneOffset.UTC));

  @Test
  void what_dockers_log_driver_sends_becomes_a_record() {
    assertThat(
            lines(
                "{\"event\":{\"line\":\"Started\",\"source\":\"stdout\",\"tag\":\"6f2e\",\"attrs\":{\"a\":\"b\"}},"
                    + "\"time\":\"1795000000.123456\",\"host\":\"node-1\",\"sourcetype\":\"checkout\"}"))
        .containsExactly(
            "{\"timestamp\":\"1795000000.123456\",\"host\":\"node-1\",\"sourcetype\":\"checkout\","
                + "\"message\":\"Started\",\"source\":\"stdout\",\"tag\":\"6f2e\","
                + "\"attrs\":{\"a\":\"b\"},\"service\":\"checkout\"");
  }

  @Test
  void what_the_envelope_says_goes_first_and_nothing_is_lost() {
    assertThat(
            lines(
                "{\"time\":1795000000.10,\"source\":\"a\",\"extra\":1,\"event\":{\"timestamp\":\"odd\",\"source\":\"b\",\"n\":1e400},"
                    + "\"fields\":{\"source\":\"c\",\"service.name\":\"shop\",\"level\":\"WARN\"}}"))
        .containsExactly(
            "{\"timestamp\":1795000000.10,\"source\":\"a\",\"extra\":1,\"event.timestamp\":\"odd\","
                + "\"event.source\":\"b\",\"n\":1E+400,\"event.event.source\":\"c\","
                + "\"service.name\":\"shop\",\"level\":\"WARN\",\"service\":\"shop\"");
  }

  @Test
  void an_event_that_is_no_object_is_the_message_and_has_the_time_of_its_arrival() {
    assertThat(lines("{\"event\":\"hello\"}\n{\"event\":[1,2]}{\"event\":7}"))
        .containsExactly(
            "{\"message\":\"hello\",\"timestamp\":\"2026-11-20T09:00:00.500Z\",\"service\":\"unknown_service\"",
            "{\"message\":\"[1,2]\",\"timestamp\":\"2026-11-20T09:00:00.500Z\",\"service\":\"unknown_service\"",
            "{\"message\":\"7\",\"timestamp\":\"2026-11-20T09:00:00.500Z\",\"service\":\"unknown_service\"");
  }

  @Test
  void the_service_is_the_events_else_the_requests_else_its_origin() {
    String event =
        "{\"event\":{\"service\":\"own\",\"a\":1},\"sourcetype\":\"st\",\"source\":\"s\"}";
    String typed = "{\"event\":\"x\",\"sourcetype\":\"st\",\"source\":\"s\"}";
    String sourced = "{\"event\":\"x\",\"source\":\"s\"}";

    assertThat(services(event, "service=query", "header")).containsExactly("own");
    assertThat(services(typed, "service=query", "header")).containsExactly("query");
    assertThat(services(typed, null, "header")).containsExactly("header");
    assertThat(services(typed, null, null)).containsExactly("st");
    assertThat(services(sourced, null, null)).containsExactly("s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1}                             | no-event",
        "{\"event\":null}                      | blank-event",
        "{\"event\":\" \"}                     | blank-event",
        "{\"event\":{}}                        | blank-event",
        "{\"event\":\"x\",\"time\":\"now\"}    | bad-format",
        "{\"event\":\"x\",\"time\":{}}         | bad-format",
        "{\"event\":\"x\",\"fields\":[1]}      | bad-fields",
        "{\"event\":\"x\",\"time\":13000000000}| too-far-in-future",
        "\"x\"                               | not-an-object",
        "{\"event\":                           | not-json",
        "]                                     | not-json"
      })
  void the_first_invalid_event_keeps_all_out(String invalid, String reason) {
    assertRefused("{\"event\":\"good\"}" + invalid + "{\"event\":\"late\"}", EVENTS, 1, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n ", "[]", "[[]"})
  void no_event_at_all_is_refused(String body) {
    assertRefused(body, EVENTS, 0, body.equals("[[]") ? "not-an-object" : "no-data");
    assertRefused(body.isBlank() ? body : "", LINES, 0, "no-data");
  }

  @Test
  void an_event_longer_than_a_record_is_too_large() {
    assertRefused("{\"event\":[" + "[],".repeat(400_000) + "1]}", EVENTS, 0, "too-large");
  }

  @Test
  void arrays_and_what_follows_them_are_read() {
    assertThat(services("[{\"event\":1},{\"event\":2}]{\"event\":3}[]", null, null)).hasSize(3);
  }

  @Test
  void each_raw_line_is_an_event_in_the_envelope_of_the_query() {
    Intake intake =
        read(
            "one\r\n\n two \"2\"".getBytes(UTF_8),
            LINES,
            "time=1795000000.5&host=h&source=s&sourcetype=nginx&index=i&channel=c",
            null);

    assertThat(lines(intake))
        .containsExactly(
            "{\"timestamp\":\"1795000000.5\",\"host\":\"h\",\"source\":\"s\",\"sourcetype\":\"nginx\","
                + "\"index\":\"i\",\"message\":\"one\",\"service\":\"nginx\"",
            "{\"timestamp\":\"1795000000.5\",\"host\":\"h\",\"source\":\"s\",\"sourcetype\":\"nginx\",\"index\":\"i\",\"message\":\""
                + " two \\\"2\\\"\",\"service\":\"nginx\"");
  }

  @Test
  void a_raw_line_that_is_not_utf_8_keeps_all_out() {
    assertRefused(new byte[] {'a', '\n', (byte) 0xff, '\n', 'b'}, LINES, 1, "not-utf-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/services/collectors", "/services/collector/ack", EVENTS + "/2.0"})
  void there_is_nothing_at_other_paths(String path) {
    assertThatThrownBy(() -> read(new byte[0], path, null, null))
        .isInstanceOf(HttpProblem.class)
        .hasMessage("Nothing is at " + path);
  }

  private void assertRefused(String body, String path, int index, String reason) {
    assertRefused(body.getBytes(UTF_8), path, index, reason);
  }

  private void assertRefused(byte[] body, String path, int index, String reason) {
    assertThatExceptionOfType(InvalidRecordsException.class)
        .isThrownBy(() -> read(body, path, null, null))
        .satisfies(
            refusal ->
                assertThat(refusal.errors())
                    .extracting(RecordError::index, RecordError::reason)
                    .containsExactly(tuple(index, reason)));
  }

  private Intake read(String body, @Nullable String query, @Nullable String header) {
    return read(body.getBytes(UTF_8), EVENTS, query, header);
  }

  private Intake read(byte[] body, String path, @Nullable String query, @Nullable String service) {
    return bodies.read(Requests.body(body), Requests.head(path, null, query, service));
  }

  private List<String> services(String body, @Nullable String query, @Nullable String header) {
    return read(body, query, header).accepted().stream().map(LogRecord::service).toList();
  }

  private List<String> lines(String body) {
    return lines(read(body, null, null));
  }

  /** Without the id, which is another every time. */
  private static List<String> lines(Intake intake) {
    return intake.accepted().stream()
        .map(record -> record.line().toString().replaceFirst(",\"ingest_id\":\"[^\"]+\"}$", ""))
        .toList();
  }
}
