package routes.ingest.hec;

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
import routes.http.HttpProblem;
import routes.http.RecordError;
import routes.ingest.InvalidRecordsException;
import routes.ingest.Requests;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.Intake;
import routes.record.LogRecord;
import routes.record.RecordLimits;
import routes.record.RecordParser;

/** What becomes of what is sent to Splunk's HTTP Event Collector. */
class HecProtocolTest {

  private static final String EVENTS = "/services/collector/event";
  private static final String LINES = "/services/collector/raw/1.0";
  private static final Instant ARRIVAL = Instant.parse("2026-11-20T09:00:00.5Z");

  private final RecordParser parser =
      new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);
  private final HecProtocol bodies = new HecProtocol(parser, Clock.fixed(ARRIVAL, ZoneOffset.UTC));

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
  void what_is_not_utf_8_in_a_raw_line_is_replaced() {
    byte[] body = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'a', '\n', (byte) 0xff, '\n', '\\', 'u'};

    assertThat(
            bodies
                .read(Requests.body(body), Requests.head(LINES, null, null, null))
                .intake()
                .accepted())
        .extracting(record -> record.line().toString().replaceFirst(",.*", ""))
        .containsExactly("{\"message\":\"a\"", "{\"message\":\"\ufffd\"", "{\"message\":\"\\\\u\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'m':'b','app':7}                      | {'timestamp':1795000000,'m':'b','app':7,'service':'st'}",
        "{'service':7}                          | {'timestamp':1795000000,'event.service':7,'service':'st'}",
        "{'service':null,'a':1}                 | {'timestamp':1795000000,'event.service':null,'a':1,'service':'st'}",
        "{'service':{'id':1},'event.service':2} | {'timestamp':1795000000,'event.event.service':{'id':1},'event.service':2,'service':'st'}",
        "{'service':{'name':'own'}}             | {'timestamp':1795000000,'service':{'name':'own'}}",
        "{'service':7,'app':'own'}              | {'timestamp':1795000000,'event.service':7,'app':'own','service':'own'}",
        "{'service':'','app':'own'}             | {'timestamp':1795000000,'service':'','app':'own'}",
        "{'service':'','app':7}                 | {'timestamp':1795000000,'event.service':'','app':7,'service':'st'}",
        "{'timestamp':'10:00:00'}               | {'timestamp':1795000000,'event.timestamp':'10:00:00','service':'st'}",
        "{'time':'12ms','date':'2099-01-01'}    | {'timestamp':1795000000,'time':'12ms','date':'2099-01-01','service':'st'}"
      })
  void an_events_own_fields_are_data(String event, String record) {
    String body =
        "{'event':%s,'sourcetype':'st','time':1795000000}".formatted(event).replace('\'', '"');

    assertThat(lines(body))
        .containsExactly(
            record
                .replace("'timestamp':1795000000,", "'timestamp':1795000000,'sourcetype':'st',")
                .replaceFirst("}$", "")
                .replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'time':0.123,'event':'x'                              | 2026-11-20T09:00:00.500Z",
        "'time':'0','event':'x'                                | 2026-11-20T09:00:00.500Z",
        "'time':-5,'event':'x'                                 | 2026-11-20T09:00:00.500Z",
        "'time':'','event':'x'                                 | 2026-11-20T09:00:00.500Z",
        "'time':0,'event':{'ts':1795000000}                    | 2026-11-18T11:06:40Z",
        "'time':1795000000123,'event':'x'                      | 2026-11-18T11:06:40.123Z",
        "'time':'1795000000123456','event':'x'                 | 2026-11-18T11:06:40.123456Z",
        "'time':'2026-11-18T11:06:40Z','event':'x'             | 2026-11-18T11:06:40Z",
        "'event':{'timestamp':'10:00:00'}                      | 2026-11-20T09:00:00.500Z",
        "'event':{'timestamp':'2099-01-01T00:00:00Z'}          | 2026-11-20T09:00:00.500Z",
        "'event':{'timestamp':'1970-01-01T00:00:00Z'}          | 2026-11-20T09:00:00.500Z",
        "'event':{'timestamp':null}                            | 2026-11-20T09:00:00.500Z",
        "'event':{'timestamp':{'a':1},'@timestamp':1795000000} | 2026-11-18T11:06:40Z",
        "'event':{'timestamp':'x','@timestamp':1795000000}     | 2026-11-18T11:06:40Z",
        "'event':{'timestamp':1795000000}                      | 2026-11-18T11:06:40Z",
        "'event':'x','fields':{'timestamp':'x'}                | 2026-11-20T09:00:00.500Z"
      })
  void the_time_is_the_first_that_can_be_one_else_that_of_the_arrival(
      String event, Instant expected) {
    Intake intake = read("{%s}".formatted(event).replace('\'', '"'), null, null);

    assertThat(intake.accepted())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.time()).isEqualTo(expected);
              assertThat(parser.parse(record.line(), ARRIVAL)).isEqualTo(record);
            });
  }

  @Test
  void an_origin_that_cannot_be_a_service_is_passed_over() {
    String longName = "x".repeat(201);

    assertThat(
            services(
                "{\"event\":1,\"sourcetype\":\"%s\",\"source\":\"s\"}{\"event\":2,\"source\":\"%s\"}"
                    .formatted(longName, longName),
                null,
                null))
        .containsExactly("s", "unknown_service");
  }

  @Test
  void half_a_surrogate_pair_and_bytes_that_are_not_utf_8_are_replaced() {
    byte[] body =
        "\ufeff{\"event\":{\"\\ud83da\":\"cut \\ud83d\",\"b\":\"\1\2\3\",\"c\":\"\\ud83d\\ude00\"}}"
            .getBytes(UTF_8);
    // Half a pair in bytes (CESU-8).
    for (int i = 0; i < body.length; i++) {
      body[i] =
          switch (body[i]) {
            case 1 -> (byte) 0xED;
            case 2 -> (byte) 0xA0;
            case 3 -> (byte) 0xBD;
            default -> body[i];
          };
    }

    assertThat(
            bodies
                .read(Requests.body(body), Requests.head(EVENTS, null, null, null))
                .intake()
                .accepted())
        .singleElement()
        .satisfies(
            record ->
                assertThat(record.line().toString())
                    .startsWith("{\"\ufffda\":\"cut \ufffd\",\"b\":\"\ufffd")
                    .contains("\"c\":\"\\uD83D\\uDE00\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/services/collector",
        "/services/collector/",
        "/services/collector/1.0",
        "/services/collector/event",
        "/services/collector/event/1.0",
        "/services/collector/event/1.0/",
        "/services/collector/raw",
        "/services/collector/raw/",
        "/services/collector/raw/1.0"
      })
  void events_and_lines_are_taken_at_all_their_paths(String path) {
    assertThat(
            bodies
                .read(
                    Requests.body("{\"event\":\"x\"}".getBytes(UTF_8)),
                    Requests.head(path, null, null, null))
                .intake()
                .accepted())
        .hasSize(1);
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
    return bodies.read(Requests.body(body), Requests.head(path, null, query, service)).intake();
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
