package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.demo.Detector;
import routes.demo.scenario.Effect;
import routes.demo.scenario.Scenario;
import routes.demo.scenario.Scenarios;
import routes.demo.town.CallGraph;
import routes.demo.town.Town;
import routes.signal.Signal;

/** A demo in a process of its own, against the intake of another, and what it leaves in a lake. */
class DemoLakeTest {

  private static final Duration SOON = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "a-long-enough-token";
  private static final Instant FROM = Instant.parse("2026-03-05T16:00:00Z");
  private static final int MINUTES = 60;
  private static final double ALARM = 6;
  private static final int FEW = 15;
  private static final int SEED = 11;
  private static final Town TOWN = Town.load();
  private static final CallGraph GRAPH = new CallGraph(TOWN);
  private static final Scenarios SCENARIOS = new Scenarios(TOWN, Path.of("does-not-exist"));

  @TempDir static Path folder;
  private static final HttpClient http = HttpClient.newHttpClient();
  private static RunningApp app;
  private static AppProcess demo;

  @BeforeAll
  static void start() throws Exception {
    app =
        RunningApp.start(
            folder.resolve("app"),
            Map.of("FLUSH_INTERVAL_MS", "3000", "METRICS_STREAM_NAME", "off"));
    demo =
        new AppProcess(
            folder,
            Map.of(
                "ROLE", "demo",
                "DEMO_URL", "http://localhost:" + app.ingestPort(),
                "DEMO_PORT", "0",
                "DEMO_LOGS_PER_SECOND", "1",
                "DASHBOARD_TOKEN", TOKEN));
    demo.demo();
  }

  @AfterAll
  static void stop() {
    demo.close();
    app.close();
  }

  private static HttpResponse<String> send(String path, @Nullable String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(demo.demo().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (body != null) {
      request.POST(BodyPublishers.ofString(body));
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(String path, @Nullable String body) throws Exception {
    HttpResponse<String> answer = send(path, body, "Authorization", "Bearer " + TOKEN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void its_page_and_its_api_are_for_those_with_the_token() throws Exception {
    for (String path : List.of("/", "/api/status", "/api/scenarios", "/js/demo/app.js")) {
      HttpResponse<String> refused = send(path, null);
      assertThat(refused.statusCode()).as(path).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate")).as(path).isPresent();
      assertThat(send(path, null, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
      assertThat(send(path, null, "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
    }
    assertThat(send("/api/continuous/stop", "{}").statusCode()).isEqualTo(401);
  }

  @Test
  void a_detector_finds_in_the_lake_what_the_labels_there_say() throws Exception {
    write();
    List<JsonNode> logs = records(Signal.LOGS);
    List<Anomaly> truth =
        logs.stream()
            .filter(log -> log.path("service").asText().equals("_truth"))
            .filter(label -> label.path("phase").asText().equals("end"))
            .map(Anomaly::of)
            .toList();
    Detector errors = new Detector();
    Detector warnings = new Detector();
    for (JsonNode log : logs) {
      String level = log.path("level").asText();
      add(errors, log, level.equals("ERROR") ? 1 : 0);
      add(warnings, log, level.equals("ERROR") || level.equals("WARN") ? 1 : 0);
    }
    Detector latencies = new Detector();
    for (JsonNode span : records(Signal.TRACES)) {
      add(latencies, span, Math.log(span.path("duration_nanos").asDouble()));
    }

    List<Alarm> alarms =
        Stream.of(errors, warnings, latencies).flatMap(DemoLakeTest::alarms).distinct().toList();
    List<Anomaly> loud = truth.stream().filter(Anomaly::isLoud).toList();
    assertThat(loud).hasSizeGreaterThanOrEqualTo(3);
    assertThat(loud)
        .allSatisfy(
            anomaly ->
                assertThat(alarms)
                    .filteredOn(alarm -> alarm.service().equals(anomaly.place()))
                    .anyMatch(anomaly::explains));
    assertThat(alarms)
        .filteredOn(alarm -> truth.stream().noneMatch(anomaly -> anomaly.explains(alarm)))
        .as("false alarms, in 20 services and an hour")
        .hasSizeLessThan(3);
  }

  private static void write() throws Exception {
    json("/api/continuous/stop", "{}");
    await().atMost(SOON).until(DemoLakeTest::isFinished);
    json(
        "/api/continuous/start",
        """
        {"from":"%s","duration_seconds":%s,"speed":0,"seed":%s,"logs_per_interval":8,"anomalies_per_hour":4}"""
            .formatted(FROM, 60 * MINUTES, SEED));
    await().atMost(SOON).until(DemoLakeTest::isFinished);
    await().atMost(SOON).until(() -> delivered("deliveredLogs") == accepted(0));
    await().atMost(SOON).until(() -> delivered("deliveredTraces") == accepted(1));
  }

  private static boolean isFinished() throws Exception {
    JsonNode status = json("/api/status", null);
    return status.path("state").asText().equals("finished")
        && status.path("waitingRequests").asInt() == 0;
  }

  private static long accepted(int signal) throws Exception {
    return json("/api/status", null).path("signals").get(signal).path("accepted").asLong();
  }

  private static long delivered(String series) throws Exception {
    return JSON.readTree(app.get("/api/stats/summary").body()).path("totals").path(series).asLong();
  }

  /** Those of the time that was asked for. */
  private static List<JsonNode> records(Signal signal) {
    String day = "/year=2026/month=03/day=05/";
    return app.lake(signal).lines().entrySet().stream()
        .filter(hour -> hour.getKey().contains(day))
        .flatMap(hour -> hour.getValue().stream())
        .map(DemoLakeTest::read)
        .toList();
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException broken) {
      throw new AssertionError(line, broken);
    }
  }

  private static Instant time(JsonNode record, String field) {
    return Instant.parse(record.path(field).asText());
  }

  private static void add(Detector detector, JsonNode record, double value) {
    detector.add(
        record.path("service").asText(), time(record, "timestamp").getEpochSecond() / 60, value);
  }

  private static Stream<Alarm> alarms(Detector detector) {
    return detector.services().stream()
        .flatMap(
            service ->
                detector.minutes(service).stream()
                    .filter(minute -> detector.score(service, minute, FEW) > ALARM)
                    .map(minute -> new Alarm(service, Instant.ofEpochSecond(60 * minute))));
  }

  /** A minute of a service that is not as usual. */
  private record Alarm(String service, Instant minute) {}

  /** What a label says of an anomaly, and the scenario that it was. */
  private record Anomaly(JsonNode label, Scenario scenario) {

    static Anomaly of(JsonNode label) {
      return new Anomaly(label, SCENARIOS.named(label.path("scenario").asText()).orElseThrow());
    }

    String place() {
      return label.path("place").asText();
    }

    /** Whether nobody should overlook it: many failed or slow requests, or many warnings. */
    boolean isLoud() {
      Effect effect = scenario.effect();
      double intensity = label.path("intensity").asDouble();
      boolean called = !GRAPH.callers(scenario.place(), 1).isEmpty();
      boolean fails = effect.status() >= 500 && effect.errors() * intensity >= 0.3;
      boolean slow = (effect.latency() - 1) * intensity >= 4;
      double said = effect.says().stream().mapToDouble(Effect.Telltale::perMinute).sum();
      boolean lasts = time(label, "start").plusSeconds(300).isBefore(time(label, "end"));
      return lasts && ((called && (fails || slow)) || said * intensity >= 30);
    }

    /** Whether it is what an alarm is about, give or take the minute in which it begins or ends. */
    boolean explains(Alarm alarm) {
      for (JsonNode one : label.path("affected")) {
        if (one.path("service").asText().equals(alarm.service())) {
          return alarm.minute().isAfter(time(one, "start").minusSeconds(60))
              && alarm.minute().isBefore(time(one, "end").plusSeconds(60));
        }
      }
      return false;
    }
  }
}
