package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.signal.Signal;

/** What one small program tells through OpenTelemetry's SDK for Java, by each of its signals. */
class ThreeSignalsTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static RunningApp app;

  @BeforeAll
  static void start() throws Exception {
    app =
        RunningApp.start(
            Map.of(
                "DATA_DIR",
                folder.resolve("data").toString(),
                "INBOX_DIR",
                folder.resolve("inbox").toString(),
                "FLUSH_INTERVAL_MS",
                "200"));
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void logs_points_and_spans_of_one_program_name_the_same_trace() throws SQLException {
    String trace;
    try (OpenTelemetrySdk sdk = sdk()) {
      trace = work(sdk);
      sdk.getSdkTracerProvider().forceFlush().join(20, TimeUnit.SECONDS);
      sdk.getSdkMeterProvider().forceFlush().join(20, TimeUnit.SECONDS);
      sdk.getSdkLoggerProvider().forceFlush().join(20, TimeUnit.SECONDS);
    }

    List<JsonNode> spans = awaitRecords(Signal.TRACES, 2);
    List<JsonNode> points = awaitRecords(Signal.METRICS, 2);
    List<JsonNode> logs = awaitRecords(Signal.LOGS, 1);
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
    assertThat(orders.at("/exemplars/0/trace_id").asText()).isEqualTo(trace);
    assertThat(find(points, "duration").path("bucket_counts"))
        .extracting(JsonNode::asLong)
        .contains(1L);
    assertThat(joined(trace)).containsExactly("Card refused in pay", "orders 3");
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

  private static OpenTelemetrySdk sdk() {
    String url = "http://localhost:" + app.ingestPort();
    Resource resource =
        Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "shop"));
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(
                    BatchSpanProcessor.builder(
                            OtlpHttpSpanExporter.builder()
                                .setEndpoint(url + "/v1/traces")
                                .setCompression("gzip")
                                .build())
                        .build())
                .build())
        .setMeterProvider(
            SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(
                    PeriodicMetricReader.builder(
                            OtlpHttpMetricExporter.builder()
                                .setEndpoint(url + "/v1/metrics")
                                .build())
                        .setInterval(Duration.ofHours(1))
                        .build())
                .build())
        .setLoggerProvider(
            SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(
                    BatchLogRecordProcessor.builder(
                            OtlpHttpLogRecordExporter.builder()
                                .setEndpoint(url + "/v1/logs")
                                .build())
                        .build())
                .build())
        .build();
  }

  private static List<JsonNode> awaitRecords(Signal signal, int records) {
    return await()
        .atMost(SOON)
        .until(
            () ->
                app.lake(signal).linesOf("shop").values().stream()
                    .flatMap(List::stream)
                    .map(ThreeSignalsTest::parse)
                    .toList(),
            found -> found.size() >= records);
  }

  private static JsonNode find(List<JsonNode> records, String name) {
    return records.stream()
        .filter(record -> record.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
