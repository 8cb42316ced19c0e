package routes.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.ApiDescription;
import routes.RunningApp;

/** With {@code KINESIS_ENABLED=false} every protocol is told to come later, and health says why. */
class SwitchedOffIntakeTest {

  private static final String REASON = "Publishing is switched off (KINESIS_ENABLED=false)";

  @TempDir static Path folder;
  private static RunningApp app;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    app =
        RunningApp.start(
            Map.of(
                "DATA_DIR", folder.resolve("data").toString(),
                "INBOX_DIR", folder.resolve("inbox").toString(),
                "KINESIS_ENABLED", "false"));
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/ingest         | {\"status\":503,\"title\":\"Service Unavailable\",\"detail\":\"REASON\"}",
        "/api/ingest/batch   | {\"status\":503,\"title\":\"Service Unavailable\",\"detail\":\"REASON\"}",
        "/v1/logs            | {\"code\":14,\"message\":\"REASON\"}",
        "/services/collector | {\"text\":\"Server is busy\",\"code\":9}",
        "/api/v2/logs        | {\"errors\":[{\"status\":\"503\",\"title\":\"Service Unavailable\",\"detail\":\"REASON\"}]}"
      })
  void requests_may_come_later(String path, String body) throws Exception {
    HttpResponse<String> answer =
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(answer.body()).isEqualTo(body.replace("REASON", REASON));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
  }

  @Test
  void health_says_why() throws Exception {
    HttpResponse<String> health = send(request("/health"));
    assertThat(health.body())
        .isEqualTo("{\"accepting\":false,\"reason\":\"%s\"}".formatted(REASON));
    assertThat(health.statusCode()).isEqualTo(503);

    HttpResponse<String> collector = send(request("/services/collector/health"));
    assertThat(collector.body())
        .isEqualTo("{\"text\":\"HEC is unhealthy, queues are full\",\"code\":18}");
    assertThat(collector.statusCode()).isEqualTo(503);
  }

  /** Taken out of service, the process would not deliver what is on the stream either. */
  @Test
  void readiness_says_why_and_is_none_the_worse() throws Exception {
    HttpResponse<String> ready = app.get("/observe/health/ready?data=true");

    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(check(ready, "intake").path("message").asText())
        .isEqualTo(REASON + "; 0 of 67108864 bytes wait for Kinesis");
    assertThat(check(ready, "intake").at("/data/buffer.limit.bytes").asLong()).isEqualTo(64 << 20);
  }

  private static JsonNode check(HttpResponse<String> health, String name) throws Exception {
    return StreamSupport.stream(
            ApiDescription.JSON.readTree(health.body()).path("checks").spliterator(), false)
        .filter(check -> check.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + app.ingestPort() + path));
  }
}
