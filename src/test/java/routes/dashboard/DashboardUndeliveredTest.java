package routes.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.ApiDescription;
import routes.RunningApp;
import routes.partition.Partition;
import software.amazon.awssdk.core.sync.RequestBody;

/** A search finds what is on the stream and not in the lake yet. */
class DashboardUndeliveredTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void records_are_found_before_they_are_delivered_and_once_only_after(@TempDir Path home)
      throws Exception {
    Map<String, String> env =
        Map.of(
            "DATA_DIR", home.resolve("data").toString(),
            "INBOX_DIR", home.resolve("inbox").toString(),
            "FLUSH_INTERVAL_MS", "3600000");
    try (RunningApp app = RunningApp.start(env)) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      app.ingest(line(now, "waiting 1") + line(now, "waiting 2") + line(now, "another"));

      await().atMost(SOON).until(() -> records(app).size() == 2);
      assertThat(records(app)).noneMatch(record -> record.has("key"));
      assertThat(app.lake().linesOf("web")).isEmpty();

      // As delivery does it, between the look at the stream and that at the lake.
      String key = new Partition("web", now.getEpochSecond() / 3600).path() + "/part-1.jsonl";
      String delivered = records(app).get(0).path("line").asText() + "\n";
      app.aws()
          .s3()
          .putObject(to -> to.bucket("md-raw-logs").key(key), RequestBody.fromString(delivered));

      assertThat(records(app)).hasSize(2);
      assertThat(lines(app, "counts"))
          .last()
          .satisfies(counts -> assertThat(counts.path("services")).hasToString("{\"web\":2}"));
    }
  }

  private static String line(Instant time, String message) {
    return "{\"timestamp\":\"%s\",\"service\":\"web\",\"message\":\"%s\"}\n"
        .formatted(time, message);
  }

  private static List<JsonNode> records(RunningApp app) throws Exception {
    return lines(app, "record").stream().map(line -> line.path("record")).toList();
  }

  private static List<JsonNode> lines(RunningApp app, String type) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    String answer = app.get("/api/logs/search?query=waiting&count=true").body();
    for (String line : answer.lines().toList()) {
      JsonNode json = ApiDescription.JSON.readTree(line);
      if (json.path("type").asText().equals(type)) {
        lines.add(json);
      }
    }
    return lines;
  }
}
