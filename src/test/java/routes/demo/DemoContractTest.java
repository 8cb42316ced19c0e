package routes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.ApiDescription;
import routes.ApiDescription.Operation;
import routes.Settings;
import routes.demo.send.Intake;
import routes.demo.send.StubIntake;

/** The demo's REST API does what its own description says, with an intake that takes all. */
class DemoContractTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private StubIntake intake;
  private DemoServer demo;
  private ApiDescription description;

  @BeforeEach
  void start() throws Exception {
    intake = new StubIntake();
    Settings settings =
        Settings.load(Map.of("DEMO_PORT", "0", "DEMO_SCENARIOS_DIR", folder.toString()));
    demo =
        new DemoServer(
            settings.demo(),
            settings.dashboard(),
            settings.aws().cloud(),
            settings.tls(),
            new Intake(intake.url(), Optional.empty(), Optional.empty()));
    description = new ApiDescription(send("/api/openapi.json", null).body());
  }

  @AfterEach
  void stop() {
    demo.close();
    intake.close();
  }

  private HttpResponse<String> send(String path, @Nullable String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + demo.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (body != null) {
      request.POST(BodyPublishers.ofString(body));
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode json(String path, @Nullable String body) throws Exception {
    HttpResponse<String> answer = send(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ApiDescription.JSON.readTree(answer.body());
  }

  /** Checks the answer of an operation against its description. */
  private JsonNode documented(String method, String template, String path, @Nullable String body)
      throws Exception {
    HttpResponse<String> answer = send(path, body);
    Operation operation =
        description.operations().stream()
            .filter(each -> each.method().equals(method) && each.path().equals(template))
            .findFirst()
            .orElseThrow();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String type = answer.headers().firstValue("Content-Type").orElseThrow();
    assertThat(description.objections(operation, 200, type, answer.body()))
        .as(answer.body())
        .isEmpty();
    return ApiDescription.JSON.readTree(answer.body());
  }

  @Test
  void every_answer_has_exactly_the_documented_fields() throws Exception {
    String scenario = "/api/scenarios/bad-release-search-strong-step";
    Set<String> checked = new TreeSet<>();
    for (String path :
        List.of(
            "/health",
            "/api/openapi.json",
            "/api/status",
            "/api/town",
            "/api/log-types",
            "/api/scenarios")) {
      documented("GET", path, path, null);
      checked.add("GET " + path);
    }
    String start = "{\"interval_seconds\":1,\"logs_per_interval\":50,\"from\":\"%s\",\"speed\":0}";
    documented(
        "POST",
        "/api/continuous/start",
        "/api/continuous/start",
        start.formatted(Instant.now().minusSeconds(3600)));
    documented("POST", "/api/scenarios/{id}/start", scenario + "/start", "{}");
    documented(
        "POST", "/api/anomaly/trigger", "/api/anomaly/trigger", "{\"anomaly_type\":\"ddos\"}");
    await().atMost(SOON).until(() -> json("/api/status", null).at("/services/gateway").has("rate"));
    documented("GET", "/api/status", "/api/status", null);
    documented("POST", "/api/scenarios/{id}/stop", scenario + "/stop", "{}");
    documented("POST", "/api/continuous/stop", "/api/continuous/stop", "{}");
    checked.addAll(
        List.of(
            "POST /api/continuous/start",
            "POST /api/scenarios/{id}/start",
            "POST /api/anomaly/trigger",
            "POST /api/scenarios/{id}/stop",
            "POST /api/continuous/stop"));

    assertThat(description.operations())
        .map(Operation::toString)
        .containsExactlyInAnyOrderElementsOf(checked);
    assertThat(description.openObjects()).isEmpty();
  }

  @Test
  void an_anomaly_has_the_strength_that_is_nearest_to_what_was_asked() throws Exception {
    json("/api/continuous/start", "{}");
    for (String[] asked : new String[][] {{"0.8", "strong", "80 %"}, {"0.45", "mild", "45 %"}}) {
      JsonNode anomaly =
          json(
              "/api/anomaly/trigger",
              "{\"anomaly_type\":\"provider-down\",\"intensity\":%s}".formatted(asked[0]));

      assertThat(anomaly.path("scenario").asText())
          .isEqualTo("provider-down-payment-%s-constant".formatted(asked[1]));
      assertThat(anomaly.path("intensity").asText()).isEqualTo(asked[0]);
      assertThat(anomaly.path("description").asText())
          .contains("(%s, %s, ".formatted(asked[1], asked[2]));
    }
  }

  @Test
  void an_anomaly_begins_in_the_present_even_while_the_past_is_written() throws Exception {
    intake.answer("/api/ingest", body -> StubIntake.Reply.of(503));
    Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    json(
        "/api/continuous/start",
        "{\"from\":\"%s\",\"speed\":0,\"logs_per_interval\":1000}"
            .formatted(before.minusSeconds(3600)));
    JsonNode anomaly = json("/api/anomaly/trigger", "{\"anomaly_type\":\"ddos\"}");

    assertThat(Instant.parse(anomaly.path("start").asText())).isAfterOrEqualTo(before);
    assertThat(Instant.parse(json("/api/status", null).path("now").asText())).isBefore(before);
  }

  @Test
  void what_was_written_of_a_past_time_is_all_there_with_its_truth() throws Exception {
    Instant from = Instant.parse("2026-03-01T12:00:00Z");
    json(
        "/api/continuous/start",
        "{\"logs_per_interval\":200,\"from\":\"%s\",\"duration_seconds\":120,\"speed\":0,\"anomalies_per_hour\":0}"
            .formatted(from));
    JsonNode anomaly =
        json(
            "/api/anomaly/trigger",
            "{\"anomaly_type\":\"provider-down\",\"intensity\":0.7,\"duration_seconds\":90,\"service\":\"payment\"}");
    await()
        .atMost(SOON)
        .until(() -> json("/api/status", null).path("state").asText().equals("finished"));
    JsonNode said = json("/api/status", null).path("said");
    await().atMost(SOON).until(() -> accepted(0) == said.path("logs").asLong());
    await().atMost(SOON).until(() -> accepted(1) == said.path("spans").asLong());
    await().atMost(SOON).until(() -> accepted(2) == said.path("points").asLong());

    List<JsonNode> logs =
        intake.taken("/api/ingest").stream()
            .flatMap(String::lines)
            .map(DemoContractTest::read)
            .toList();
    assertThat(logs).hasSize(said.path("logs").asInt()).doesNotHaveDuplicates();
    List<JsonNode> truth =
        logs.stream().filter(log -> log.path("service").asText().equals("_truth")).toList();
    assertThat(truth)
        .extracting(label -> label.path("phase").asText())
        .containsExactlyInAnyOrder("begin", "end");
    assertThat(truth)
        .allSatisfy(
            label -> {
              assertThat(label.path("anomaly_id")).isEqualTo(anomaly.path("id"));
              assertThat(label.path("place").asText()).isEqualTo("payment");
              assertThat(label.path("intensity").asDouble()).isEqualTo(0.7);
            });
  }

  private long accepted(int signal) throws Exception {
    return json("/api/status", null).path("signals").get(signal).path("accepted").asLong();
  }

  private static JsonNode read(String line) {
    try {
      return ApiDescription.JSON.readTree(line);
    } catch (IOException broken) {
      throw new AssertionError(line, broken);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/continuous/start | {"interval_seconds":0} | interval_seconds is 0.0: must be from 1 to 3600
          /api/continuous/start | {"logs_per_interval":-1} | logs_per_interval is -1.0: must be from 0.001 to 1000000000
          /api/continuous/start | {"logs_per_interval":2000000} | logs_per_interval / interval_seconds is 2000000.0: must be at most 1000000 a second
          /api/continuous/start | {"speed":-1} | speed is -1.0: must be from 0 to 1000000
          /api/continuous/start | {"from":"2999-01-01T00:00:00Z"} | from is 2999-01-01T00:00:00Z: must not be in the future
          /api/continuous/start | {"from":"yesterday"} | from is "yesterday": must be a time such as 2026-08-22T13:00:00Z
          /api/continuous/start | {"from":"2026-01-02T00:00:00Z","to":"2026-01-01T00:00:00Z"} | to is 2026-01-01T00:00:00Z: must be after from
          /api/continuous/start | {"to":"2999-01-01T00:00:00Z","duration_seconds":5} | Give to or duration_seconds, not both
          /api/anomaly/trigger | {"intensity":1} | anomaly_type is missing; GET /api/scenarios lists as type
          /api/anomaly/trigger | {"anomaly_type":"rain"} | anomaly_type is "rain": must be one of those that GET /api/scenarios lists as type
          /api/anomaly/trigger | {"anomaly_type":"ddos","intensity":1.5} | intensity is 1.5: must be from 0.01 to 1
          /api/anomaly/trigger | {"anomaly_type":"ddos","intensity":0} | intensity is 0.0: must be from 0.01 to 1
          /api/anomaly/trigger | {"anomaly_type":"ddos","duration_seconds":0} | duration_seconds is 0.0: must be from 1 to 604800
          /api/anomaly/trigger | {"anomaly_type":"ddos","service":"nowhere"} | There is no scenario of this type with this service and shape; GET /api/scenarios lists those there are
          """)
  void what_cannot_be_done_is_refused_with_the_value_and_what_is_allowed(
      String path, String body, String detail) throws Exception {
    HttpResponse<String> answer = send(path, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(read(answer.body()).path("detail").asText()).isEqualTo(detail);
    assertThat(description.objections("Problem", answer.body())).isEmpty();
  }

  @Test
  void an_unknown_scenario_is_404_and_what_needs_a_running_town_is_409() throws Exception {
    assertThat(send("/api/scenarios/none/start", "{}").statusCode()).isEqualTo(404);
    assertThat(send("/api/anomaly/trigger", "{\"anomaly_type\":\"ddos\"}").statusCode())
        .isEqualTo(409);
    json("/api/continuous/start", "{}");
    assertThat(send("/api/continuous/start", "{}").statusCode()).isEqualTo(409);
  }

  @Test
  void what_changes_something_is_refused_to_pages_of_other_sites() throws Exception {
    for (Operation operation : description.operations()) {
      if (operation.method().equals("POST")) {
        String path = operation.path().replace("{id}", "any");
        assertThat(send(path, "{}", "Origin", "http://evil.example").statusCode())
            .as(operation.toString())
            .isEqualTo(403);
      }
    }
    assertThat(json("/api/status", null).path("state").asText()).isEqualTo("idle");
  }

  @Test
  void the_page_is_served_under_the_policy_of_the_dashboard() throws Exception {
    HttpResponse<String> page = send("/", null);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("/js/demo/app.js");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self';");
    assertThat(send("/js/demo/app.js", null).statusCode()).isEqualTo(200);
    assertThat(send("/index.html", null).statusCode()).isEqualTo(404);
  }
}
