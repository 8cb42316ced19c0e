package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.signal.Signal;
import software.amazon.awssdk.core.SdkBytes;

/** Metrics and traces by every way that logs have, each to its own bucket. */
class SignalsPipelineTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String HOUR = "/year=2026/month=11/day=20/hour=09";
  private static final String SPAN =
      "{\"timestamp\":\"2026-11-20T09:00:00.000000001Z\",\"service\":\"%s\",\"name\":\"n\""
          + ",\"trace_id\":\"5b8efff798038103d269b633813fc60c\",\"span_id\":\"eee19b7ec3c1b174\""
          + ",\"end_timestamp\":\"2026-11-20T09:00:00.000000002Z\"}";
  private static final String POINT =
      "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"%s\",\"name\":\"m\",\"value\":%s"
          + ",\"record_id\":\"%s\"}";

  @TempDir static Path folder;
  private static RunningApp app;

  @BeforeAll
  static void start() throws Exception {
    app =
        RunningApp.start(
            folder, Map.of("INBOX_FINISHED_AFTER_MS", "0", "DEAD_LETTER_HTTP", "true"));
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void lines_over_http_are_what_the_request_says() throws Exception {
    String first = POINT.formatted("web", "1", "a");
    String second = POINT.formatted("web", "\"NaN\"", "b");
    String body = first + "\n" + first + "\n{\"service\":\"web\",\"value\":1}\n" + second;

    assertThat(app.post("/api/ingest?signal=metrics", "application/json", body).body())
        .contains("\"accepted\":3,\"rejected\":1", "no-timestamp");
    assertThat(app.post("/api/ingest?signal=spans", "application/json", body).body())
        .contains("signal=spans: must be logs, metrics or traces");
    awaitLines(Signal.METRICS, "web", first, second);
    assertThat(app.lake(Signal.LOGS).linesOf("web")).isEmpty();
  }

  @Test
  void files_are_what_their_names_say() throws Exception {
    drop("a.metrics.jsonl", POINT.formatted("file", "1.5", "a") + "\n");
    drop("b.traces.ndjson", SPAN.formatted("file") + "\n");
    drop("c.jsonl", SPAN.formatted("file").replace("}", ",\"record_id\":\"c\"}") + "\n");

    awaitLines(Signal.METRICS, "file", POINT.formatted("file", "1.5", "a"));
    awaitLines(Signal.TRACES, "file", SPAN.formatted("file"));
    awaitLines(Signal.LOGS, "file", SPAN.formatted("file").replace("}", ",\"record_id\":\"c\"}"));
  }

  @Test
  void what_is_put_on_a_stream_is_of_its_signal_and_copies_are_dropped() throws Exception {
    put(Signal.TRACES, SPAN.formatted("stream"));
    put(Signal.TRACES, SPAN.formatted("stream"));
    put(Signal.TRACES, SPAN.formatted("stream").replace("\"n\"", "\"n\",\"kind\":\"CLIENT\""));

    awaitLines(
        Signal.TRACES,
        "stream",
        SPAN.formatted("stream").replace("\"n\"", "\"n\",\"kind\":\"CLIENT\""),
        SPAN.formatted("stream"));
  }

  @Test
  void dead_letters_come_back_to_their_signal() throws Exception {
    put(Signal.METRICS, "{\"service\":\"dead\",\"name\":\"m\",\"value\":7}");
    put(
        Signal.METRICS,
        "{\"service\":\"dead\",\"timestamp\":1795000000,\"name\":\"m\",\"value\":\"x\"}");

    await()
        .atMost(SOON)
        .until(
            () -> app.get("/api/dead-letters?service=dead").body(),
            list -> list.contains("bad-value") && list.contains("no-timestamp"));
    assertThat(app.get("/api/dead-letters?service=dead").body())
        .contains("\"signal\":\"metrics\",\"reason\":\"bad-value\"");
    String replayed =
        app.dashboard(
                "/api/dead-letters/replay",
                "{\"service\":\"dead\",\"set\":{\"timestamp\":\"2026-11-20T09:00:00Z\"}}",
                "Content-Type",
                "application/json")
            .body();

    assertThat(replayed).contains("\"replayed\":1", "\"invalid\":1");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(app.lake(Signal.METRICS).linesOf("dead").get("service=dead" + HOUR))
                    .singleElement()
                    .asString()
                    .startsWith("{\"service\":\"dead\",\"name\":\"m\",\"value\":7,\"timestamp\""));
  }

  @Test
  void a_signal_that_is_switched_off_costs_nothing_and_says_so() throws Exception {
    try (RunningApp off =
        RunningApp.start(
            Map.of(
                "DATA_DIR",
                folder.resolve("off").toString(),
                "INBOX_DIR",
                folder.resolve("off-inbox").toString(),
                "APM_STREAM_NAME",
                "off"))) {
      String span =
          "[{\"traceId\":\"5af7183fb1d4cf5f\",\"id\":\"352bff9a74ca9ad2\",\"timestamp\":1795000000000000}]";

      assertThat(off.post("/api/v2/spans", "application/json", span))
          .satisfies(
              answer -> {
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.body())
                    .isEqualTo("Traces are not taken here: APM_STREAM_NAME or APM_BUCKET is off\n");
              });
      assertThat(off.aws().kinesis().listStreams().streamNames())
          .containsExactlyInAnyOrder("stage01-logs-stream", "stage01-metrics-stream");
      assertThat(off.get("/observe/health/ready").body())
          .contains("kinesis-metrics")
          .doesNotContain("kinesis-traces");
      assertThat(off.get("/api/stats/summary").body())
          .contains("\"signal\":\"metrics\"")
          .doesNotContain("\"signal\":\"traces\"");
    }
  }

  private static void put(Signal signal, String data) {
    String stream = app.settings().resources().signals().find(signal).orElseThrow().stream();
    app.aws()
        .kinesis()
        .putRecord(
            put -> put.streamName(stream).partitionKey("k").data(SdkBytes.fromUtf8String(data)));
  }

  private static void drop(String name, String content) throws Exception {
    Path written = Files.writeString(folder.resolve(name), content);
    Files.move(
        written,
        Files.createDirectories(folder.resolve("inbox")).resolve(name),
        StandardCopyOption.ATOMIC_MOVE);
  }

  private static void awaitLines(Signal signal, String service, String... lines) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(app.lake(signal).linesOf(service))
                    .isEqualTo(
                        Map.of("service=" + service + HOUR, Stream.of(lines).sorted().toList())));
  }
}
