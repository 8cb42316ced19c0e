package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.signal.Signal;

/** What one small program tells through OpenTelemetry's SDKs, by each of its signals. */
class ThreeSignalsTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Path NODE = Path.of("src", "test", "node-sdk");

  @TempDir static Path folder;
  private static RunningApp app;

  @BeforeAll
  static void start() throws Exception {
    app = RunningApp.start(folder);
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void the_sdk_for_java() throws SQLException {
    String trace;
    try (OpenTelemetrySdk sdk = SdkForJava.sending(app.ingestPort(), "shop", "gzip", "none")) {
      trace = work(sdk);
    }

    assertTold("shop", trace);
    JsonNode orders = find(awaitRecords("shop", Signal.METRICS, 2), "orders");
    assertThat(orders.at("/exemplars/0/trace_id").asText()).isEqualTo(trace);
    assertThat(joined(trace)).containsExactly("Card refused in pay", "orders 3");
  }

  @ParameterizedTest
  @CsvSource({"http/protobuf, none", "http/json, gzip", "grpc, none", "grpc, gzip"})
  @EnabledIf(
      value = "isNodeReady",
      disabledReason = "it needs Node and npm ci --prefix src/test/node-sdk")
  void the_sdk_for_node(String protocol, String compression) throws Exception {
    String service = "node-%s-%s".formatted(protocol.replace('/', '-'), compression);
    ProcessBuilder program = node("shop.mjs");
    program
        .environment()
        .putAll(
            Map.of(
                "OTEL_SERVICE_NAME",
                service,
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://localhost:" + (protocol.equals("grpc") ? app.grpcPort() : app.ingestPort()),
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                protocol,
                "OTEL_EXPORTER_OTLP_COMPRESSION",
                compression,
                "OTEL_TRACES_EXPORTER",
                "otlp",
                "OTEL_METRICS_EXPORTER",
                "otlp",
                "OTEL_LOGS_EXPORTER",
                "otlp"));
    Process running = program.start();
    String trace = new String(running.getInputStream().readAllBytes(), UTF_8).strip();

    assertThat(running.waitFor()).isZero();
    assertTold(service, trace);
  }

  static boolean isNodeReady() throws InterruptedException {
    try {
      return Files.isDirectory(NODE.resolve("node_modules"))
          && node("--version").start().waitFor() == 0;
    } catch (IOException noNode) {
      return false;
    }
  }

  private static ProcessBuilder node(String argument) {
    return new ProcessBuilder("node", argument)
        .directory(NODE.toFile())
        .redirectError(Redirect.INHERIT);
  }

  /** A purchase, with the same trace in all that tells of it. */
  private static void assertTold(String service, String trace) {
    List<JsonNode> spans = awaitRecords(service, Signal.TRACES, 2);
    List<JsonNode> points = awaitRecords(service, Signal.METRICS, 2);
    List<JsonNode> logs = awaitRecords(service, Signal.LOGS, 1);
    assertThat(spans)
        .allSatisfy(span -> assertThat(span.path("trace_id").asText()).isEqualTo(trace))
        .extracting(span -> span.path("name").asText() + " " + span.path("kind").asText())
        .containsExactlyInAnyOrder("buy SERVER", "pay CLIENT");
    JsonNode pay = find(spans, "pay");
    JsonNode buy = find(spans, "buy");
    assertThat(pay.path("parent_span_id")).isEqualTo(buy.path("span_id"));
    assertThat(pay.path("status_code").asText()).isEqualTo("ERROR");
    assertThat(pay.at("/events/0/name").asText()).isEqualTo("retry");
    assertThat(logs)
        .singleElement()
        .satisfies(
            log -> {
              assertThat(log.path("trace_id").asText()).isEqualTo(trace);
              assertThat(log.path("span_id")).isEqualTo(pay.path("span_id"));
            });
    JsonNode orders = find(points, "orders");
    assertThat(orders.path("type").asText()).isEqualTo("sum");
    assertThat(orders.path("value").asLong()).isEqualTo(3);
    assertThat(orders.path("monotonic").asBoolean()).isTrue();
    assertThat(find(points, "duration").path("bucket_counts"))
        .extracting(JsonNode::asLong)
        .contains(1L);
  }

  /** As docs/signals.md says, without a schema; and the exemplars of data points to spans. */
  private static List<String> joined(String trace) throws SQLException {
    String logs = objects("md-raw-logs");
    String points = objects("md-raw-metrics");
    String spans = objects("md-raw-apm");
    List<String> rows = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                SELECT l.message || ' in ' || t.name
                FROM read_json('%s') l JOIN read_json('%s') t USING (trace_id, span_id)
                WHERE trace_id = '%s' AND t.duration_nanos > 0
                UNION ALL
                SELECT p.name || ' ' || p.value
                FROM (SELECT name, value, unnest(exemplars) AS exemplar FROM read_json('%s') WHERE name = 'orders') p
                JOIN read_json('%s') t ON p.exemplar.span_id::VARCHAR = t.span_id::VARCHAR
                ORDER BY 1
                """
                    .formatted(logs, spans, trace, points, spans))) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  private static String objects(String bucket) {
    return folder.resolve("data/s3").resolve(bucket).resolve("**/*.jsonl").toString();
  }

  @SuppressWarnings("try") // The scopes are there to be closed.
  private static String work(OpenTelemetry sdk) {
    Span buy = sdk.getTracer("shop").spanBuilder("buy").setSpanKind(SpanKind.SERVER).startSpan();
    try (Scope inBuy = buy.makeCurrent()) {
      Span pay = sdk.getTracer("shop").spanBuilder("pay").setSpanKind(SpanKind.CLIENT).startSpan();
      try (Scope inPay = pay.makeCurrent()) {
        pay.addEvent("retry", Attributes.of(AttributeKey.longKey("tries"), 2L));
        pay.setStatus(StatusCode.ERROR, "No cards");
        sdk.getLogsBridge()
            .get("shop")
            .logRecordBuilder()
            .setSeverity(Severity.ERROR)
            .setBody("Card refused")
            .emit();
        sdk.getMeter("shop").counterBuilder("orders").build().add(3);
        sdk.getMeter("shop").histogramBuilder("duration").setUnit("s").build().record(0.25);
      } finally {
        pay.end();
      }
    } finally {
      buy.end();
    }
    return buy.getSpanContext().getTraceId();
  }

  private static List<JsonNode> awaitRecords(String service, Signal signal, int records) {
    return await()
        .atMost(SOON)
        .until(() -> app.lake(signal).recordsOf(service), found -> found.size() == records);
  }

  private static JsonNode find(List<JsonNode> records, String name) {
    return records.stream()
        .filter(record -> record.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
