package routes.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import routes.ApiDescription;
import routes.RunningApp;

/** Who follows a stream sees what comes onto it. */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardTailTest {

  private RunningApp app;

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    app =
        RunningApp.start(
            Map.of(
                "DATA_DIR",
                home.resolve("data").toString(),
                "INBOX_DIR",
                home.resolve("inbox").toString(),
                "FLUSH_INTERVAL_MS",
                "3600000",
                // So that what is sent together is read together.
                "KINESIS_AGGREGATION",
                "true"));
  }

  @AfterAll
  void stop() {
    app.close();
  }

  /** Someone who follows. */
  private final class Follower implements AutoCloseable {

    private final Stream<String> all;
    private final Iterator<String> lines;
    private final ApiDescription description;

    Follower(String query) throws Exception {
      URI uri =
          URI.create(
              "http://localhost:%s/api/logs/tail?query=%s"
                  .formatted(app.endpoints().dashboard(), query));
      all =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines())
              .body();
      lines = all.iterator();
      description = new ApiDescription(app.get("/api/openapi.json").body());
    }

    JsonNode next(String type) throws Exception {
      while (true) {
        String line = lines.next();
        assertThat(description.objections("TailLine", line)).isEmpty();
        JsonNode json = ApiDescription.JSON.readTree(line);
        if (json.path("type").asText().equals(type)) {
          return json;
        }
      }
    }

    String nextMessage() throws Exception {
      String line = next("record").at("/record/line").asText();
      return ApiDescription.JSON.readTree(line).path("message").asText();
    }

    @Override
    public void close() {
      all.close();
    }
  }

  @Test
  void everybodySeesWhatComesAndIsSearchedFor() throws Exception {
    try (Follower all = new Follower("service:seen");
        Follower some = new Follower("service:seen%20level:error")) {
      all.next("came");
      some.next("came");

      app.ingest(line("seen", "INFO", "one") + line("seen", "ERROR", "two"));
      app.ingest(line("other", "ERROR", "three") + line("seen", "ERROR", "four"));

      assertThat(all.nextMessage()).isEqualTo("one");
      assertThat(all.nextMessage()).isEqualTo("two");
      assertThat(all.nextMessage()).isEqualTo("four");
      assertThat(some.nextMessage()).isEqualTo("two");
      assertThat(some.nextMessage()).isEqualTo("four");
    }
  }

  @Test
  void whoJoinsSeesWhatCameJustBefore() throws Exception {
    app.ingest(line("before", "INFO", "came before"));

    try (Follower first = new Follower("service:before")) {
      assertThat(first.nextMessage()).isEqualTo("came before");
      try (Follower second = new Follower("service:before")) {
        assertThat(second.nextMessage()).isEqualTo("came before");
      }
    }
  }

  @Test
  void ofMoreThanAreAskedForTheLastAreTold() throws Exception {
    try (Follower follower = new Follower("service:many&limit=2")) {
      follower.next("came");

      app.ingest(line("many", "INFO", "1") + line("many", "INFO", "2") + line("many", "INFO", "3"));

      assertThat(follower.nextMessage()).isEqualTo("2");
      assertThat(follower.nextMessage()).isEqualTo("3");
      JsonNode came = follower.next("came");
      assertThat(came.path("records").asInt()).isGreaterThanOrEqualTo(3);
      assertThat(came.path("passed").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aBucketWithoutAStreamIsRefused() throws Exception {
    assertThat(app.get("/api/logs/tail?bucket=elsewhere").statusCode()).isEqualTo(404);
  }

  private static String line(String service, String level, String message) {
    return "{\"timestamp\":\"%s\",\"service\":\"%s\",\"level\":\"%s\",\"message\":\"%s\"}\n"
        .formatted(Instant.now(), service, level, message);
  }
}
