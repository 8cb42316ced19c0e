package routes.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.RunningApp;

/** What the dashboard's port tells an operator about the running pipeline. */
class SignalsTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+(?:\\{[^}]*})?) (\\S+)$");

  @TempDir Path directory;

  @Test
  void meters_count_what_was_published_and_delivered() throws Exception {
    try (RunningApp app = start("300")) {
      app.ingest(line("a", "1") + line("a", "2") + line("b", "3"));
      app.ingest(line("a", "1"));

      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(samples(app))
                      .containsEntry("publish_records_total", 4.0)
                      .containsEntry("delivery_records_total{layer=\"raw\",signal=\"logs\"}", 3.0)
                      .containsEntry("delivery_duplicates_total{layer=\"raw\"}", 1.0)
                      .containsEntry("delivery_groups_open{layer=\"raw\"}", 0.0)
                      .containsEntry("delivery_buffer_bytes{layer=\"raw\"}", 0.0)
                      .hasEntrySatisfying(
                          "delivery_bytes_total{layer=\"raw\"}",
                          bytes -> assertThat(bytes).isEqualTo(3.0 * line("a", "1").length()))
                      .containsEntry("delivery_objects_total{closed=\"size\",layer=\"raw\"}", 0.0)
                      .containsKey(
                          "delivery_lag_seconds{layer=\"raw\",shard=\"shardId-000000000000\",signal=\"logs\"}")
                      .containsKey(
                          "delivery_blocked_seconds{layer=\"raw\",shard=\"shardId-000000000000\",signal=\"logs\"}")
                      .containsKey(
                          "delivery_dedupe_window_seconds{layer=\"raw\",shard=\"shardId-000000000000\",signal=\"logs\"}")
                      .hasEntrySatisfying(
                          "delivery_objects_total{closed=\"age\",layer=\"raw\"}",
                          objects -> assertThat(objects).isBetween(2.0, 3.0)));
    }
  }

  @Test
  void records_that_wait_to_be_delivered_show_as_open_groups() throws Exception {
    try (RunningApp app = start("3600000")) {
      app.ingest(line("a", "1") + line("b", "2"));

      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(samples(app))
                      .containsEntry("delivery_groups_open{layer=\"raw\"}", 2.0));
    }
  }

  @Test
  void a_bucket_that_is_gone_shows_in_the_readiness_with_its_name() throws Exception {
    try (RunningApp app = start("300")) {
      app.aws().s3().deleteBucket(delete -> delete.bucket("md-raw-logs"));

      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                var ready = app.get("/observe/health/ready");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains("\"lake\"").contains("DOWN");
              });
      assertThat(app.get("/observe/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void all_is_ready_while_all_is_there() throws Exception {
    try (RunningApp app = start("300")) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(app.get("/observe/health/ready").statusCode()).isEqualTo(200));

      String ready = app.get("/observe/health/ready").body();
      assertThat(List.of("kinesis", "sqs", "lake", "state", "delivery", "intake", "inbox"))
          .allSatisfy(check -> assertThat(ready).contains("\"" + check + "\""));
    }
  }

  @Test
  void meters_count_what_came_in_by_its_route_and_what_was_turned_away_by_its_reason()
      throws Exception {
    try (RunningApp app = start("300")) {
      app.ingest(line("a", "1") + line("b", "2") + "no record\n");
      String refused = line("a", "4") + "{\"service\":\"a\"}\n{\"service\":\"b\"}\n";
      assertThat(app.post("/api/ingest?strict=true", "text/plain", refused).statusCode())
          .isEqualTo(400);
      Files.writeString(directory.resolve("inbox/app.jsonl"), line("c", "3") + "{no}\n" + "[1]\n");

      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(samples(app))
                      .containsEntry(
                          "intake_records_total{signal=\"logs\",source=\"ingest-http\"}", 2.0)
                      .containsEntry(
                          "intake_records_total{signal=\"logs\",source=\"ingest-files\"}", 1.0)
                      // The line ends are the file's and the body's; the records have none.
                      .containsEntry(
                          "intake_bytes_total{signal=\"logs\",source=\"ingest-http\"}",
                          2.0 * (line("a", "1").length() - 1))
                      .containsEntry("intake_rejected_total{reason=\"not-json\"}", 1.0)
                      .containsEntry("intake_rejected_total{reason=\"not-an-object\"}", 2.0)
                      .containsEntry("intake_rejected_total{reason=\"no-timestamp\"}", 2.0)
                      .containsEntry("intake_rejected_total{reason=\"too-deep\"}", 0.0)
                      .containsEntry("deadletters_sent_total{reason=\"not-json\"}", 1.0)
                      .containsEntry("deadletters_sent_total{reason=\"not-an-object\"}", 1.0)
                      .containsEntry("deadletters_sent_total{reason=\"too-deep\"}", 0.0));
    }
  }

  @Test
  void files_that_are_not_read_are_told() throws Exception {
    try (RunningApp app = start("300")) {
      Path inbox = directory.resolve("inbox");
      Files.writeString(inbox.resolve("notes.txt"), "no records");
      Files.writeString(inbox.resolve("app.jsonl"), line("a", "1") + "half a line");

      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(samples(app))
                    .containsEntry("inbox_files", 1.0)
                    .containsEntry("inbox_unread_bytes", 11.0)
                    .containsEntry("inbox_failing", 0.0)
                    .containsEntry("inbox_passed_over", 1.0);
                assertThat(app.get("/observe/health/ready").body())
                    .contains("\"message\":\"notes.txt: its name is not of the form ");
              });
    }
  }

  private RunningApp start(String flushMillis) throws Exception {
    return RunningApp.start(
        Map.of(
            "DATA_DIR",
            directory.resolve("data").toString(),
            "INBOX_DIR",
            directory.resolve("inbox").toString(),
            "FLUSH_INTERVAL_MS",
            flushMillis,
            "INBOX_FINISHED_AFTER_MS",
            "3600000"));
  }

  private static Map<String, Double> samples(RunningApp app) throws Exception {
    Map<String, Double> samples = new TreeMap<>();
    SAMPLE
        .matcher(app.get("/observe/metrics").body())
        .results()
        .forEach(sample -> samples.put(sample.group(1), Double.valueOf(sample.group(2))));
    return samples;
  }

  private static String line(String service, String id) {
    return "{\"timestamp\":\"2026-11-20T10:00:00Z\",\"service\":\"%s\",\"record_id\":\"%s\"}\n"
        .formatted(service, id);
  }
}
