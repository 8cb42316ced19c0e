package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.audit.AuditCommand;
import routes.format.ParquetLines;
import routes.partition.RecordPart;
import routes.signal.Layer;
import routes.signal.Signal;
import routes.signal.Signals;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Both layers in one process. */
class BatchLayerTest {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "KINESIS_SHARD_COUNT", "2",
          "FLUSH_MAX_RECORDS", "20",
          "BATCH_FLUSH_INTERVAL_MS", "3000");

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int LOGS = 300;
  private static final String POINTS =
      """
      {"timestamp":"2026-11-20T09:00:00Z","service":"web","name":"m","value":1,"record_id":"a"}
      {"timestamp":"2026-11-20T10:00:00Z","service":"web","name":"m","value":2,"record_id":"b"}
      """;

  @TempDir Path folder;

  @Test
  void each_has_every_record_once_and_dead_letters_are_sent_once() throws Exception {
    try (RunningApp app = start("BATCH", "true")) {
      send(app);
      awaitAll(app, Layer.RAW, Layer.BATCH);

      for (Signal signal : List.of(Signal.LOGS, Signal.METRICS)) {
        assertThat(keys(app, Layer.BATCH, signal)).allMatch(key -> key.endsWith(".parquet"));
        assertThat(linesOfBatch(app, signal))
            .containsExactlyInAnyOrderElementsOf(
                new Lake(app.aws().s3(), bucket(app, Layer.RAW, signal))
                    .lines().values().stream().flatMap(List::stream).toList());
      }
      assertThat(app.deadLetters().takeAll()).hasSize(1);
      assertThat(audit(app, "--layer", "batch"))
          .contains("logs: stage01-logs-stream -> s3://md-lake-logs")
          .doesNotContain("md-raw-logs");
    }
  }

  @Test
  void what_is_seen_of_them_says_which_it_is_of() throws Exception {
    try (RunningApp app = start("BATCH", "true")) {
      send(app);
      awaitAll(app, Layer.RAW, Layer.BATCH);

      String metrics = app.get("/observe/metrics").body();
      String all = LOGS + ".0";
      assertThat(metrics)
          .contains("delivery_records_total{layer=\"raw\",signal=\"logs\"} " + all)
          .contains("delivery_records_total{layer=\"batch\",signal=\"logs\"} " + all)
          .contains("delivery_lag_seconds{layer=\"batch\",shard=");
      assertThat(app.get("/observe/health").body())
          .contains("\"delivery-batch\"", "\"lake-batch\"", "\"lake-batch-metrics\"");
      assertThat(app.get("/api/s3/buckets").body())
          .contains("\"name\":\"md-lake-logs\"", "\"use\":\"batch-logs\"");
      assertThat(app.get("/api/stats/summary").body()).contains("\"deliveredLogs\":" + all);
    }
  }

  @Test
  void a_layer_that_forgot_how_far_it_was_finds_the_same_objects_again() throws Exception {
    Map<String, String> before = new HashMap<>();
    try (RunningApp app = start("BATCH", "true")) {
      send(app);
      awaitAll(app, Layer.RAW, Layer.BATCH);
      before.putAll(objects(app));
      String state = app.settings().resources().state();
      List<String> checkpoints = keys(app, state, "checkpoints/batch/");
      assertThat(checkpoints).hasSize(6);
    }
    try (RunningApp app = start("ROLE", "intake")) {
      String state = app.settings().resources().state();
      for (String key : keys(app, state, "checkpoints/batch/")) {
        app.aws().s3().deleteObject(delete -> delete.bucket(state).key(key));
      }
    }
    try (RunningApp app = start("BATCH", "true")) {
      awaitAll(app, Layer.BATCH);

      assertThat(objects(app)).isEqualTo(before);
    }
  }

  @Test
  void one_that_is_switched_on_later_begins_with_what_the_stream_still_has() throws Exception {
    try (RunningApp app = start("BATCH", "false")) {
      send(app);
      awaitAll(app, Layer.RAW);
      assertThat(app.aws().s3().listBuckets().buckets())
          .noneMatch(bucket -> bucket.name().startsWith("md-lake"));
      assertThat(audit(app, "--layer", "batch")).startsWith("--layer=batch: is not delivered");
    }
    try (RunningApp app = start("BATCH", "true")) {
      awaitAll(app, Layer.BATCH);

      assertThat(linesOfBatch(app, Signal.LOGS)).hasSize(LOGS);
    }
  }

  private RunningApp start(String... more) throws Exception {
    return RunningApp.start(folder, SETTINGS, more);
  }

  private static void send(RunningApp app) throws Exception {
    for (int from = 0; from < LOGS; from += 100) {
      assertThat(
              app.ingest(
                  IntStream.range(from, from + 100)
                      .mapToObj(BatchLayerTest::line)
                      .collect(joining("\n"))))
          .isEqualTo(200);
    }
    // One that came before, and one that is no record.
    assertThat(app.ingest(line(7))).isEqualTo(200);
    app.putOnStream("no record");
    assertThat(app.post("/api/ingest?signal=metrics", "application/json", POINTS).statusCode())
        .isEqualTo(200);
  }

  private static String line(int number) {
    return "{\"timestamp\":\"2026-11-20T0%s:00:00Z\",\"service\":\"s%s\",\"message\":\"Message %s\",\"record_id\":\"r%s\"}"
        .formatted(8 + number % 2, number % 3, number, number);
  }

  private static void awaitAll(RunningApp app, Layer... layers) {
    for (Layer layer : layers) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(audit(app, "--layer", layer.word()))
                      .contains("%,15d in the lake".formatted(LOGS))
                      .contains("%,15d in the lake".formatted(2))
                      .doesNotContainPattern(" [1-9][0-9,]* not delivered yet")
                      .doesNotContain("NOT ALL ACCOUNTED FOR"));
    }
  }

  private static String audit(RunningApp app, String... arguments) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new AuditCommand(
            app.settings().resources(),
            new RecordPart(app.settings().records()).streamParsers(),
            app.settings().delivery().dedupeWindow())
        .run(
            List.of(arguments),
            app.aws().kinesis(),
            app.aws().s3(),
            new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  private static String bucket(RunningApp app, Layer layer, Signal signal) {
    return app.settings().resources().signals(layer).find(signal).orElseThrow().bucket();
  }

  private static List<String> keys(RunningApp app, Layer layer, Signal signal) {
    return keys(app, bucket(app, layer, signal), "");
  }

  private static List<String> keys(RunningApp app, String bucket, String prefix) {
    return list(app, bucket, prefix).map(S3Object::key).toList();
  }

  private static Stream<S3Object> list(RunningApp app, String bucket, String prefix) {
    return app
        .aws()
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))
        .contents()
        .stream();
  }

  /** What every object of both lakes holds, by its name. */
  private static Map<String, String> objects(RunningApp app) {
    return Stream.of(Layer.RAW, Layer.BATCH)
        .flatMap(layer -> app.settings().resources().signals(layer).places().stream())
        .map(Signals.Place::bucket)
        .flatMap(bucket -> list(app, bucket, ""))
        .collect(toMap(S3Object::key, S3Object::eTag));
  }

  private static List<String> linesOfBatch(RunningApp app, Signal signal) throws IOException {
    List<String> lines = new ArrayList<>();
    String bucket = bucket(app, Layer.BATCH, signal);
    for (String key : keys(app, bucket, "")) {
      byte[] object =
          app.aws().s3().getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
      try (var read = ParquetLines.open(new ByteArrayInputStream(object))) {
        new String(read.readAllBytes(), UTF_8)
            .lines()
            .map(line -> line.replaceFirst(",\"ingest_id\":\"[^\"]+\"}$", Lake.SOME_ID))
            .forEach(lines::add);
      }
    }
    return lines;
  }
}
