package routes.ingest.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static routes.ingest.prometheus.WriteRequests.all;
import static routes.ingest.prometheus.WriteRequests.label;
import static routes.ingest.prometheus.WriteRequests.message;
import static routes.ingest.prometheus.WriteRequests.nested;
import static routes.ingest.prometheus.WriteRequests.packed;
import static routes.ingest.prometheus.WriteRequests.real;
import static routes.ingest.prometheus.WriteRequests.sample;
import static routes.ingest.prometheus.WriteRequests.signed;
import static routes.ingest.prometheus.WriteRequests.symbols;
import static routes.ingest.prometheus.WriteRequests.text;
import static routes.ingest.prometheus.WriteRequests.whole;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.http.HttpProblem;
import routes.http.MalformedBodyException;
import routes.http.Reply;
import routes.ingest.InvalidRecordsException;
import routes.ingest.Received;
import routes.ingest.Requests;
import routes.ingest.prometheus.WriteRequests.Fields;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.LogRecord;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.signal.Signal;

/** What becomes of the series of Prometheus's remote write, in both versions. */
class RemoteWriteProtocolTest {

  private static final String FIRST = "application/x-protobuf";
  private static final String SECOND = FIRST + ";proto=io.prometheus.write.v2.Request";
  private static final String FIFTY = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
  private static final String TOO_LONG = FIFTY + FIFTY + FIFTY + FIFTY + "x";
  private static final long TIME = 1_795_000_000_123L;
  private static final String START =
      "{\"timestamp\":\"2026-11-18T11:06:40.123Z\",\"service\":\"api\",\"name\":\"";
  private static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

  private final RemoteWriteProtocol bodies =
      new RemoteWriteProtocol(
          new RecordParser(
              Signal.METRICS, FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
          "job",
          Clock.fixed(Instant.parse("2026-11-20T09:00:00Z"), ZoneOffset.UTC));

  @Test
  void samples_are_gauges_until_their_type_is_known() {
    Received received =
        read(
            FIRST,
            series("up", sample(2, 1, TIME), sample(2, Double.POSITIVE_INFINITY, TIME + 1)),
            series("http_requests_total", sample(2, 7, TIME)),
            nested(
                3,
                whole(1, 1),
                text(2, "http_requests_total"),
                text(4, "Requests"),
                text(5, "requests")));

    assertThat(lines(received))
        .containsExactly(
            START
                + "up\",\"type\":\"gauge\",\"value\":1.0,\"attributes\":{\"instance\":\"i\",\"job\":\"api\"}"
                + ",\"metadata\":{\"prometheus.type\":\"unknown\"}}",
            START.replace("123Z", "124Z")
                + "up\",\"type\":\"gauge\",\"value\":\"Infinity\",\"attributes\":{\"instance\":\"i\",\"job\":\"api\"}"
                + ",\"metadata\":{\"prometheus.type\":\"unknown\"}}",
            START
                + "http_requests_total\",\"type\":\"sum\",\"unit\":\"requests\",\"value\":7.0"
                + ",\"temporality\":\"cumulative\",\"monotonic\":true"
                + ",\"attributes\":{\"instance\":\"i\",\"job\":\"api\"},\"description\":\"Requests\""
                + ",\"metadata\":{\"prometheus.type\":\"counter\"}}");
    Reply answer = received.answer().get();
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.headers()).containsEntry("X-Prometheus-Remote-Write-Samples-Written", "3");
  }

  @Test
  void a_series_that_ends_has_no_value() {
    assertThat(
            lines(read(FIRST, series("up", sample(2, STALE, TIME), sample(2, Double.NaN, TIME)))))
        .satisfiesExactly(
            stale -> assertThat(stale).contains("\"flags\":1").doesNotContain("\"value\""),
            nan -> assertThat(nan).contains("\"value\":\"NaN\"").doesNotContain("\"flags\""));
  }

  @Test
  void the_second_version_has_symbols_and_metadata_with_each_series() {
    Received received =
        readSymbols(
            List.of(
                "",
                "__name__",
                "lag",
                "job",
                "api",
                "How late",
                "s",
                "trace_id",
                "5b8e",
                "user",
                "u"),
            nested(
                5,
                symbols(1, 2, 3, 4),
                sample(2, 0.5, TIME),
                nested(4, symbols(7, 8, 9, 10), real(2, 0.25), whole(3, TIME)),
                nested(5, whole(1, 2), whole(3, 5), whole(4, 6)),
                whole(6, TIME - 1)));

    String end =
        ",\"start_timestamp\":\"2026-11-18T11:06:40.122Z\",\"attributes\":{\"job\":\"api\"}"
            + ",\"description\":\"How late\",\"metadata\":{\"prometheus.type\":\"gauge\"}}";
    assertThat(lines(received))
        .containsExactly(
            START + "lag\",\"type\":\"gauge\",\"unit\":\"s\",\"value\":0.5" + end,
            START
                + "lag\",\"type\":\"exemplar\",\"unit\":\"s\",\"value\":0.25,\"trace_id\":\"5b8e\""
                + ",\"filtered_attributes\":{\"user\":\"u\"}"
                + end);
    assertThat(received.answer().get().headers())
        .isEqualTo(
            Map.of(
                "X-Prometheus-Remote-Write-Samples-Written", "1",
                "X-Prometheus-Remote-Write-Histograms-Written", "0",
                "X-Prometheus-Remote-Write-Exemplars-Written", "1"));
  }

  /** Buckets 1, 2 and 5 of Prometheus end where buckets 1, 2 and 5 of OpenTelemetry begin. */
  @Test
  void native_histograms_are_whole() {
    Fields whole =
        nested(
            4,
            whole(1, 10),
            real(3, 12.5),
            signed(4, 3),
            real(5, 1e-128),
            whole(6, 1),
            nested(11, signed(1, 1), whole(2, 2)),
            nested(11, signed(1, 2), whole(2, 1)),
            packed(12, delta(3), delta(-1), delta(2)),
            whole(15, TIME));
    Fields reals =
        nested(
            4,
            real(2, 2.5),
            real(3, 1),
            signed(4, 0),
            real(7, 0),
            nested(8, signed(1, -1), whole(2, 1)),
            packed(10, out -> out.writeDoubleNoTag(2.5)),
            whole(14, 3),
            whole(15, TIME));
    Fields custom =
        nested(
            4,
            whole(1, 3),
            real(3, 1),
            signed(4, -53),
            nested(11, signed(1, 1), whole(2, 1)),
            packed(12, delta(3)),
            whole(15, TIME),
            packed(16, out -> out.writeDoubleNoTag(1), out -> out.writeDoubleNoTag(2)));

    assertThat(
            lines(read(FIRST, series("h", whole), series("h", reals), series("h", custom))).stream()
                .map(line -> line.replaceFirst(",\"attributes\".*", "")))
        .containsExactly(
            START
                + "h\",\"type\":\"exponential_histogram\",\"count\":10,\"sum\":12.5,\"scale\":3"
                + ",\"zero_count\":1,\"zero_threshold\":1.0E-128"
                + ",\"positive\":{\"offset\":0,\"bucket_counts\":[3,2,0,0,4]}"
                + ",\"temporality\":\"cumulative\"",
            START
                + "h\",\"type\":\"exponential_histogram\",\"count\":2.5,\"sum\":1.0,\"scale\":0"
                + ",\"zero_count\":0.0,\"negative\":{\"offset\":-2,\"bucket_counts\":[2.5]}",
            START
                + "h\",\"type\":\"histogram\",\"count\":3,\"sum\":1.0,\"bucket_counts\":[0,3,0]"
                + ",\"explicit_bounds\":[1.0,2.0],\"temporality\":\"cumulative\"");
  }

  @Test
  void what_is_not_acceptable_is_told_in_prometheus_words_and_its_neighbours_are_written() {
    Fields unsorted = nested(1, label("job", "api"), label("__name__", "m"), sample(2, 1, TIME));
    Fields twice =
        nested(1, label("__name__", "m"), label("a", "1"), label("a", "2"), sample(2, 1, TIME));
    Fields nameless = nested(1, label("job", "api"), sample(2, 1, TIME));
    Fields spans = nested(4, nested(11, signed(1, 0), whole(2, 2)), whole(15, TIME));
    Fields wide =
        nested(
            4,
            nested(11, signed(1, 0), whole(2, 1)),
            nested(11, signed(1, 2_000_000_000), whole(2, 1)),
            packed(12, delta(1), delta(0)),
            whole(15, TIME));
    Received received =
        read(
            FIRST,
            unsorted,
            twice,
            nameless,
            series("m", sample(2, 1, TIME), sample(2, 2, TIME - 1), sample(2, 3, TIME + 1)),
            series("m", sample(2, 1, Long.MAX_VALUE)),
            series("h", spans),
            series("h", wide));

    assertThat(received.intake().rejected())
        .extracting(
            record -> record.rejection().reason().code() + ": " + record.rejection().message())
        .containsExactly(
            "bad-labels: labels not sorted: \"__name__\" comes after \"job\"",
            "bad-labels: label name \"a\" is not unique",
            "no-name: No text in the field name: of which metric?",
            "out-of-order: out of order sample: 2026-11-18T11:06:40.122Z comes after"
                + " 2026-11-18T11:06:40.123Z",
            "bad-timestamp: Timestamp \"+292278994-08-17T07:12:55.807Z\" is neither ISO-8601,"
                + " such as 2026-08-22T13:05:09Z, nor a number of seconds, milli-, micro- or"
                + " nanoseconds since 1970",
            "bad-histogram: histogram spans and buckets do not match",
            "bad-histogram: histogram has more than 10000 buckets from the first to the last");
    assertThat(received.intake().accepted()).hasSize(2);
    assertThatExceptionOfType(InvalidRecordsException.class)
        .isThrownBy(() -> received.answer().get())
        .withMessage(
            "7 of 9 samples were not written, the first of them: labels not sorted:"
                + " \"__name__\" comes after \"job\"");
  }

  @Test
  void the_service_is_the_label_else_the_requests() {
    Fields bare = nested(1, label("__name__", "m"), sample(2, 1, TIME));

    assertThat(
            bodies
                .read(
                    Requests.body(message(bare)),
                    Requests.head("/api/v1/write", FIRST, "service=q", "h"))
                .intake()
                .accepted())
        .extracting(LogRecord::service)
        .containsExactly("q");
    assertThat(
            bodies
                .read(
                    Requests.body(message(bare)), Requests.head("/api/v1/write", null, null, null))
                .intake()
                .accepted())
        .extracting(LogRecord::service)
        .containsExactly("unknown_service");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "__HIVE_DEFAULT_PARTITION__", TOO_LONG})
  void a_label_that_cannot_be_a_service_is_a_label_only(String job) {
    assertThat(
            read(FIRST, nested(1, label("__name__", "m"), label("job", job), sample(2, 1, TIME)))
                .intake()
                .accepted())
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.service()).isEqualTo("unknown_service");
              assertThat(point.line().toString()).contains("\"job\":\"" + job + "\"");
            });
  }

  @Test
  void a_sample_sent_again_has_the_same_id() {
    Fields series = series("up", sample(2, 1, TIME));

    assertThat(read(FIRST, series).intake().accepted())
        .isEqualTo(read(FIRST, series).intake().accepted());
  }

  @Test
  void references_to_no_symbol_are_malformed() {
    assertThatExceptionOfType(MalformedBodyException.class)
        .isThrownBy(() -> readSymbols(List.of(""), nested(5, symbols(0, 1))))
        .withMessage("The body is no io.prometheus.write.v2.Request: a reference to symbol 1 of 1");
    assertThatExceptionOfType(MalformedBodyException.class)
        .isThrownBy(() -> readSymbols(List.of(""), nested(5, symbols(0))));
  }

  @Test
  void what_is_no_text_in_a_label_is_replaced() {
    byte[] first = message(series("up", label("path", "/caf~"), sample(2, 1, TIME)));
    byte[] second =
        message(
            all(
                all(
                    Stream.of("", "__name__", "up", "path", "/caf~")
                        .map(symbol -> text(4, symbol))
                        .toArray(Fields[]::new)),
                nested(5, symbols(1, 2, 3, 4), sample(2, 1, TIME))));

    assertThat(Stream.of(readBytes(FIRST, first), readBytes(SECOND, second)))
        .allSatisfy(
            received ->
                assertThat(lines(received))
                    .singleElement()
                    .asString()
                    .contains("\"path\":\"/caf\uFFFD\""));
  }

  private Received readBytes(String type, byte[] body) {
    for (int i = 0; i < body.length; i++) {
      body[i] = body[i] == '~' ? (byte) 0xE9 : body[i];
    }
    return bodies.read(Requests.body(body), Requests.head("/api/v1/write", type, null, null));
  }

  @Test
  void half_a_message_is_malformed() {
    byte[] whole = message(series("up", sample(2, 1, TIME)));

    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(MalformedBodyException.class)
          .isThrownBy(
              () ->
                  bodies.read(
                      Requests.body(cut), Requests.head("/api/v1/write", FIRST, null, null)))
          .withMessageStartingWith("The body is no prometheus.WriteRequest: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "application/json", "application/x-protobuf;proto=other"})
  void other_types_are_refused(String type) {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(
            () ->
                bodies.read(
                    Requests.body(new byte[0]), Requests.head("/api/v1/write", type, null, null)));
  }

  private Received read(String type, Fields... fields) {
    return bodies.read(
        Requests.body(message(all(fields))), Requests.head("/api/v1/write", type, null, null));
  }

  private Received readSymbols(List<String> symbols, Fields... fields) {
    return read(
        SECOND,
        all(symbols.stream().map(symbol -> text(4, symbol)).toArray(Fields[]::new)),
        all(fields));
  }

  private static Fields series(String name, Fields... fields) {
    return nested(
        1, label("__name__", name), label("instance", "i"), label("job", "api"), all(fields));
  }

  private static Fields delta(long value) {
    return out -> out.writeSInt64NoTag(value);
  }

  private static List<String> lines(Received received) {
    assertThat(received.intake().rejected()).isEmpty();
    return received.intake().accepted().stream()
        .map(record -> record.line().toString())
        .map(line -> line.replaceFirst(",\"ingest_id\":\"[0-9a-f]{32}\"}$", "}"))
        .toList();
  }
}
