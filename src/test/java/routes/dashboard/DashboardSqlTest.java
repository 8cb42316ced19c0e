package routes.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import routes.ApiDescription;
import routes.RunningApp;

/** SQL over what the app itself delivered, in both layers. */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardSqlTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** Well before their own time is up. */
  private static final Duration AT_ONCE = Duration.ofSeconds(15);

  private static final String DAY = "from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z";
  private static final String ALL =
      "SELECT timestamp, service, level, record->>'$.n' AS n FROM logs ORDER BY n";
  private static final String ENDLESS = "SELECT sum(range) FROM range(100000000000000)";

  private final HttpClient client = HttpClient.newHttpClient();
  private RunningApp app;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    app = RunningApp.start(folder, Map.of("BATCH", "true", "BATCH_FLUSH_INTERVAL_MS", "1000"));
    app.ingest(
        record("2026-11-20T08:00:00.5Z", "web", 1)
            + record("2026-11-20T08:59:59Z", "a/b", 2)
            + record("2026-11-20T14:00:00Z", "web", 3));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(ask(ALL, DAY).path("rows")).hasSize(3);
              assertThat(ask(ALL, DAY + "&layer=batch").path("rows")).hasSize(3);
            });
  }

  @AfterAll
  void stop() {
    app.close();
  }

  @Test
  void both_layers_have_the_same_rows() throws Exception {
    JsonNode raw = ask(ALL, DAY);

    assertThat(raw.path("rows")).isEqualTo(ask(ALL, DAY + "&layer=batch").path("rows"));
    assertThat(raw.at("/rows/1"))
        .hasToString(
            "{\"timestamp\":\"2026-11-20 08:59:59+00\",\"service\":\"a/b\",\"level\":\"INFO\",\"n\":\"2\"}");
    assertThat(raw.path("complete").asBoolean()).isTrue();
  }

  @Test
  void only_objects_of_the_service_and_hours_are_read_and_only_records_of_the_time()
      throws Exception {
    JsonNode web = ask(ALL, DAY + "&service=web");
    JsonNode half = ask(ALL, "from=2026-11-20T08:30:00Z&to=2026-11-20T09:00:00Z");

    assertThat(web.path("objects").asInt()).isEqualTo(2);
    assertThat(web.path("rows")).hasSize(2);
    assertThat(half.path("objects").asInt()).isEqualTo(2);
    assertThat(half.path("rows")).hasSize(1);
  }

  @Test
  void a_query_of_no_table_reads_no_object() throws Exception {
    assertThat(ask("SELECT 1 AS n", DAY).path("objects").asInt()).isZero();
  }

  @Test
  void two_run_at_once_and_end_with_their_clients() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> running =
        Stream.of(1, 2)
            .map(each -> client.sendAsync(request(ENDLESS, DAY), BodyHandlers.ofString()))
            .toList();
    await().atMost(SOON).until(() -> children() == 2);

    assertThat(client.send(request("SELECT 1", DAY), BodyHandlers.ofString()).statusCode())
        .isEqualTo(429);
    running.forEach(query -> query.cancel(true));

    await().atMost(AT_ONCE).until(() -> children() == 0);
    await()
        .atMost(SOON)
        .until(
            () ->
                client.send(request("SELECT 1", DAY), BodyHandlers.ofString()).statusCode() == 200);
  }

  private static long children() {
    return ProcessHandle.current().children().count();
  }

  private JsonNode ask(String sql, String parameters) throws Exception {
    HttpResponse<String> answer = client.send(request(sql, parameters), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ApiDescription.JSON.readTree(answer.body());
  }

  private HttpRequest request(String sql, String parameters) {
    URI uri =
        URI.create("http://localhost:" + app.endpoints().dashboard() + "/api/sql?" + parameters);
    return HttpRequest.newBuilder(uri)
        .POST(
            BodyPublishers.ofString(
                ApiDescription.JSON.createObjectNode().put("sql", sql).toString()))
        .build();
  }

  private static String record(String time, String service, int n) {
    return "{\"timestamp\":\"%s\",\"service\":\"%s\",\"level\":\"INFO\",\"n\":%s}\n"
        .formatted(time, service, n);
  }
}
