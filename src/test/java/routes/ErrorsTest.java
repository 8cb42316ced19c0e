package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.files.DurableFiles;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** Errors beside the embedded cloud, from the intake to the log group. */
class ErrorsTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String GROUP = "/lake/errors";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "ERRORS_LOG_GROUP", GROUP,
          "KINESIS_SHARD_COUNT", "2",
          "POLL_INTERVAL", "0.2");

  private final Instant now = Instant.now();

  @Test
  void two_levels_of_three_arrive_byte_for_byte_and_once_also_after_a_restart(@TempDir Path folder)
      throws Exception {
    List<String> bad =
        List.of(
            record("a", 1, "\"level\": \"WARN\", \"text\":\"\\u00fc ü😀\""),
            record("b", 2, "\"level\":50"),
            record("c", 3, "\"severity_number\":17, \"level\":\"x\""));
    List<String> good = List.of(record("d", 4, "\"level\":\"info\""), record("e", 5, "\"a\":1"));
    String late = record("f", 6, "\"level\":\"FATAL\"");
    String last = record("g", 7, "\"level\":\"warning\"");
    try (RunningApp app = RunningApp.start(folder, SETTINGS)) {
      Stream.concat(bad.stream(), good.stream()).forEach(app::putOnStream);
      app.putOnStream(bad.get(0));
      app.putOnStream("no record");
      await().atMost(SOON).untilAsserted(() -> assertThat(events(app)).isEqualTo(bad));
    }
    try (RunningApp app = RunningApp.start(folder, SETTINGS)) {
      assertThat(events(app)).isEqualTo(bad);
      app.putOnStream(late);
      await().atMost(SOON).until(() -> events(app).size() > bad.size());
    }
    // As after a crash before any checkpoint.
    DurableFiles.deleteTree(folder.resolve("data/s3/md-ingest-state/checkpoints/errors"));
    try (RunningApp app = RunningApp.start(folder, SETTINGS)) {
      app.putOnStream(last);
      await().atMost(SOON).until(() -> events(app).contains(last));

      List<String> all = Stream.concat(bad.stream(), Stream.of(late, last)).toList();
      assertThat(events(app)).isEqualTo(all);
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(app.get("/observe/metrics").body())
                      .contains("errors_put_total 1.0", "errors_refused_total{reason=\"old\"} 0.0")
                      .containsPattern(
                          "delivery_lag_seconds\\{layer=\"errors\",shard=\"shardId-0+1\""));
      assertThat(app.get("/observe/health").body()).contains("\"errors\"");
      await()
          .atMost(SOON)
          .until(
              () ->
                  app.lake().lines().values().stream().mapToInt(List::size).sum()
                      == all.size() + good.size());
    }
  }

  private String record(String id, int second, String fields) {
    return "{\"timestamp\":\"%s\",\"service\":\"web\",\"record_id\":\"%s\",%s}"
        .formatted(now.plusSeconds(second), id, fields);
  }

  private static List<String> events(RunningApp app) {
    try (CloudWatchLogsClient logs = app.aws().forLogs()) {
      return logs.filterLogEvents(filter -> filter.logGroupName(GROUP)).events().stream()
          .map(FilteredLogEvent::message)
          .toList();
    }
  }
}
