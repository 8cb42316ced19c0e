package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.StreamResetException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import routes.http.Encoded;
import routes.http.GrpcClient;
import routes.http.GrpcClient.Answer;
import routes.signal.Signal;

/** OpenTelemetry's protocol over gRPC, spoken well and badly, from the wire to the lake. */
class OtlpGrpcTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int MB = 1 << 20;
  private static final long NANOS =
      Instant.parse("2026-11-20T09:00:00Z").getEpochSecond() * 1_000_000_000;

  private static final String LOGS = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
  private static final String METRICS =
      "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
  private static final String TRACES =
      "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

  private static final Map<String, String> KEY = Map.of("authorization", "Bearer key");
  private static final byte[] GOOD = logs("refused", "m");

  @TempDir static Path folder;
  private static RunningApp app;
  private static GrpcClient client;

  @BeforeAll
  static void start() throws Exception {
    app =
        RunningApp.start(
            folder,
            Map.of(
                "INGEST_API_KEYS", "key",
                "INGEST_MAX_BODY_BYTES", "1MB",
                "INGEST_BUFFER_BYTES", "3MB",
                "INGEST_REQUEST_TIMEOUT_MS", "5000"));
    client = new GrpcClient(app.grpcPort());
  }

  @AfterAll
  static void stop() {
    client.close();
    app.close();
  }

  @Test
  void each_signal_lies_in_the_lake_once() throws Exception {
    List<String> sent = new ArrayList<>();
    for (int call = 0; call < 20; call++) {
      String[] names =
          IntStream.range(10 * call, 10 * call + 10).mapToObj(i -> "n" + i).toArray(String[]::new);
      sent.addAll(List.of(names));
      assertThat(client.call(LOGS, logs("each", names), KEY).status()).isZero();
      assertThat(client.call(METRICS, points("each", names), KEY).status()).isZero();
      assertThat(client.call(TRACES, spans("each", names), KEY).status()).isZero();
    }

    awaitTexts("each", Signal.LOGS, "message", sent);
    awaitTexts("each", Signal.METRICS, "name", sent);
    awaitTexts("each", Signal.TRACES, "name", sent);
    assertThat(app.get("/observe/metrics").body())
        .contains("intake_records_total{signal=\"logs\",source=\"ingest-otlp-grpc\"}")
        .contains("intake_records_total{signal=\"metrics\",source=\"ingest-otlp-grpc\"}")
        .contains("intake_records_total{signal=\"traces\",source=\"ingest-otlp-grpc\"}");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"RAW_DEFLATE", "SNAPPY"})
  void compressed_messages_are_decompressed(Encoded encoding) {
    String service = "by-" + encoding.header();

    Answer answer =
        client.send(
            LOGS,
            GrpcClient.framed(1, encoding.encode(logs(service, "m"))),
            Map.of("x-api-key", "key", "grpc-encoding", encoding.header()));

    assertThat(answer.status()).isZero();
    awaitTexts(service, Signal.LOGS, "message", List.of("m"));
  }

  @Test
  void a_message_that_is_not_compressed_is_taken_as_it_is_whatever_the_call_could_do() {
    Answer answer =
        client.call(
            LOGS,
            logs("plain", "m"),
            Map.of("x-api-key", "key", "grpc-encoding", "snappy", "content-encoding", "gzip"));

    assertThat(answer.status()).isZero();
    awaitTexts("plain", Signal.LOGS, "message", List.of("m"));
  }

  @Test
  void a_message_may_come_byte_by_byte() throws Exception {
    byte[] frame = GrpcClient.framed(0, logs("slowly", "m"));
    HttpClientRequest request = client.open(LOGS, Arrays.copyOf(frame, 1), KEY);
    for (int i = 1; i < frame.length; i++) {
      GrpcClient.result(request.write(Buffer.buffer(new byte[] {frame[i]})));
    }

    GrpcClient.result(request.end());

    assertThat(GrpcClient.answer(request).status()).isZero();
    awaitTexts("slowly", Signal.LOGS, "message", List.of("m"));
  }

  @Test
  void some_records_that_are_not_acceptable_make_it_a_partial_success() throws Exception {
    Answer answer = client.call(LOGS, logs("partly", "good", ""), KEY);

    assertThat(answer.status()).isZero();
    assertThat(
            ExportLogsServiceResponse.parseFrom(answer.message())
                .getPartialSuccess()
                .getRejectedLogRecords())
        .isEqualTo(1);
    awaitTexts("partly", Signal.LOGS, "message", List.of("good"));
  }

  static List<Arguments> refused() {
    Map<String, String> gzip = Map.of("x-api-key", "key", "grpc-encoding", "gzip");
    byte[] good = GrpcClient.framed(0, GOOD);
    byte[] bomb = GrpcClient.framed(1, Encoded.GZIP.encode(new byte[MB + 1]));
    byte[] twice = ByteBuffer.allocate(2 * good.length).put(good).put(good).array();
    return List.of(
        Arguments.of(LOGS, good, Map.of(), 16, "A key is needed"),
        Arguments.of(LOGS, good, Map.of("x-api-key", "k"), 7, "The key is not accepted"),
        Arguments.of(LOGS, new byte[0], KEY, 3, "The call has no message, but 0 of the 5 bytes"),
        Arguments.of(LOGS, new byte[] {0, 0, 0}, KEY, 3, "The call has no message, but 3"),
        Arguments.of(LOGS, Arrays.copyOf(good, 9), KEY, 3, "The message is cut: "),
        Arguments.of(LOGS, GrpcClient.framed(0, MB, GOOD), KEY, 3, "The message is cut: "),
        Arguments.of(LOGS, GrpcClient.framed(0, 3, GOOD), KEY, 3, "Something follows the 3 bytes"),
        Arguments.of(LOGS, twice, KEY, 3, "Something follows the"),
        Arguments.of(LOGS, GrpcClient.framed(0, MB + 1, GOOD), KEY, 3, "The body is too long"),
        Arguments.of(LOGS, GrpcClient.framed(0, -1, GOOD), KEY, 3, "The body is too long"),
        Arguments.of(
            LOGS, GrpcClient.framed(0, new byte[] {10}), KEY, 3, "The body is no protobuf"),
        Arguments.of(LOGS, GrpcClient.framed(1, GOOD), KEY, 3, "The message begins with 1, which"),
        Arguments.of(LOGS, GrpcClient.framed(2, GOOD), gzip, 3, "The message begins with 2, which"),
        Arguments.of(LOGS, GrpcClient.framed(1, GOOD), gzip, 3, "The body is not valid gzip"),
        Arguments.of(LOGS, bomb, gzip, 3, "The body decompresses to more than 1048576 bytes"),
        Arguments.of(
            LOGS,
            GrpcClient.framed(1, GOOD),
            Map.of("x-api-key", "key", "grpc-encoding", "snappy"),
            12,
            "grpc-encoding must be one of identity, gzip, deflate, zstd"),
        Arguments.of(LOGS, GrpcClient.framed(0, logs("refused", "")), KEY, 3, "1 of 1 log records"),
        Arguments.of(LOGS.replace("/Export", "/Import"), good, KEY, 12, "Nothing is at "),
        Arguments.of("/v1/logs", good, KEY, 12, "Content-Type must be application/x-protobuf or"),
        Arguments.of(TRACES, good, KEY, 3, "1 of 1 spans are not acceptable"));
  }

  @ParameterizedTest(name = "{3} {4}")
  @MethodSource("refused")
  void what_cannot_be_taken_is_refused_for_good(
      String path, byte[] body, Map<String, String> head, int status, String words)
      throws Exception {
    Answer answer = client.send(path, body, head);

    assertThat(answer.words()).startsWith(words);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.retryAfter()).isEmpty();
    assertThat(answer.httpStatus()).isEqualTo(200);
    assertThat(answer.headers().get("content-type")).isEqualTo("application/grpc");
    assertThat(app.lake().recordsOf("refused")).isEmpty();
  }

  @Test
  void what_is_no_call_is_answered_as_http_does() {
    byte[] good = GrpcClient.framed(0, GOOD);

    assertThat(client.send("/other.Service/Export", good, KEY).httpStatus()).isEqualTo(404);
    for (String type : List.of("application/json", "application/grpc+json", "text/plain")) {
      Map<String, String> head = Map.of("x-api-key", "key", "content-type", type);
      assertThat(client.send(LOGS, good, head).httpStatus()).as(type).isEqualTo(415);
    }
    assertThat(app.lake().recordsOf("refused")).isEmpty();
  }

  @Test
  void a_message_that_says_it_is_too_long_is_not_waited_for() {
    HttpClientRequest request = client.open(LOGS, GrpcClient.framed(0, MB + 1, new byte[0]), KEY);

    assertThat(GrpcClient.answer(request).status()).isEqualTo(3);
  }

  @Test
  void lengths_that_lie_take_no_memory_and_calls_that_do_not_end_are_reset_alone() {
    List<HttpClientRequest> open =
        IntStream.range(0, 50)
            .mapToObj(i -> client.open(LOGS, GrpcClient.framed(0, MB, new byte[1]), KEY))
            .toList();

    assertThat(client.call(LOGS, logs("beside", "m"), KEY).status()).isZero();
    open.forEach(
        request ->
            assertThatThrownBy(() -> GrpcClient.answer(request))
                .hasRootCauseInstanceOf(StreamResetException.class));
    awaitTexts("beside", Signal.LOGS, "message", List.of("m"));
  }

  @Test
  void what_finds_no_memory_may_come_later() throws Exception {
    byte[] message = logs("later", "m");
    byte[] almostAll = GrpcClient.framed(0, MB, new byte[MB - 1]);
    List<HttpClientRequest> open =
        IntStream.range(0, 3).mapToObj(i -> client.open(LOGS, almostAll, KEY)).toList();

    Answer answer = client.call(LOGS, message, KEY);

    assertThat(answer.words()).startsWith("There is no memory for the request beside");
    assertThat(answer.status()).isEqualTo(8);
    assertThat(answer.retryAfter()).hasValue(1);
    open.forEach(HttpClientRequest::reset);
    assertThat(client.call(LOGS, message, KEY).status()).isZero();
    awaitTexts("later", Signal.LOGS, "message", List.of("m"));
  }

  @Test
  void resets_in_a_row_end_the_connection_and_nothing_else() {
    try (GrpcClient hostile = new GrpcClient(app.grpcPort())) {
      HttpClientRequest first = hostile.open(LOGS, new byte[0], KEY);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 2_000; i++) {
                  hostile.open(LOGS, GrpcClient.framed(0, MB, new byte[9]), KEY).reset();
                }
                GrpcClient.answer(first);
              })
          .isInstanceOf(AssertionError.class);
    }

    assertThat(client.call(LOGS, logs("after", "m"), KEY).status()).isZero();
    awaitTexts("after", Signal.LOGS, "message", List.of("m"));
  }

  private static void awaitTexts(
      String service, Signal signal, String field, List<String> expected) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(app.lake(signal).recordsOf(service))
                    .extracting(record -> text(record, field))
                    .containsExactlyInAnyOrderElementsOf(expected));
  }

  private static String text(JsonNode record, String field) {
    return record.path(field).asText();
  }

  /** Those without a text are of a time to come, which is not acceptable. */
  private static byte[] logs(String service, String... texts) {
    ScopeLogs.Builder logs = ScopeLogs.newBuilder();
    for (String text : texts) {
      logs.addLogRecords(
          LogRecord.newBuilder()
              .setTimeUnixNano(text.isEmpty() ? -1 : NANOS)
              .setBody(AnyValue.newBuilder().setStringValue(text)));
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().setResource(of(service)).addScopeLogs(logs))
        .build()
        .toByteArray();
  }

  private static byte[] points(String service, String... names) {
    ScopeMetrics.Builder metrics = ScopeMetrics.newBuilder();
    for (String name : names) {
      metrics.addMetrics(
          Metric.newBuilder()
              .setName(name)
              .setGauge(
                  Gauge.newBuilder()
                      .addDataPoints(
                          NumberDataPoint.newBuilder().setTimeUnixNano(NANOS).setAsInt(1))));
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder().setResource(of(service)).addScopeMetrics(metrics))
        .build()
        .toByteArray();
  }

  private static byte[] spans(String service, String... names) {
    ScopeSpans.Builder spans = ScopeSpans.newBuilder();
    for (String name : names) {
      spans.addSpans(
          Span.newBuilder()
              .setName(name)
              .setTraceId(id(16, name))
              .setSpanId(id(8, name))
              .setStartTimeUnixNano(NANOS)
              .setEndTimeUnixNano(NANOS + 1));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().setResource(of(service)).addScopeSpans(spans))
        .build()
        .toByteArray();
  }

  private static ByteString id(int bytes, String name) {
    return ByteString.copyFrom(ByteBuffer.allocate(bytes).putInt(name.hashCode()).array());
  }

  private static Resource of(String service) {
    return Resource.newBuilder()
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("service.name")
                .setValue(AnyValue.newBuilder().setStringValue(service)))
        .build();
  }
}
