package routes.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.RunningApp;
import routes.audit.AuditCommand;
import routes.partition.RecordPart;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The command beside the app, as DuckDB and the audit see what it makes. */
class BackfillTest {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "KINESIS_SHARD_COUNT", "2",
          "FLUSH_MAX_RECORDS", "9",
          "BATCH_FLUSH_RECORDS", "40",
          "BATCH_FLUSH_INTERVAL_MS", "2000");

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int RECORDS = 600;
  private static final String RAW = "md-raw-logs";
  private static final String BATCH = "md-lake-logs";
  private static final String[] HOURS = {
    "--from", "2026-11-20T08:00:00Z", "--to", "2026-11-20T11:00:00Z"
  };

  @TempDir Path home;

  @Test
  void what_is_gone_from_the_batch_layer_is_made_again_also_when_interrupted() throws Exception {
    try (RunningApp app = start("BATCH", "true")) {
      send(app);
      await().atMost(SOON).until(() -> isDelivered(app, "raw") && isDelivered(app, "batch"));
      // Its checkpoint follows its objects.
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(run(app, app.aws().s3(), HOURS))
                      .startsWith("0 ")
                      .contains("0 records put"));

      Random random = new Random(1);
      List<String> kept = new ArrayList<>();
      for (String key : keys(app, BATCH)) {
        if (random.nextBoolean()) {
          app.aws().s3().deleteObject(delete -> delete.bucket(BATCH).key(key));
        } else {
          kept.add(key);
        }
      }
      assertThat(difference(app)).isPositive();

      String answer = "2 ";
      int interrupted = 0;
      // A run makes more than a hundred, however the objects were cut.
      for (int calls = 7; answer.startsWith("2 "); calls += 7) {
        answer = run(app, failingAfter(calls, app.aws().s3()), HOURS);
        interrupted += answer.startsWith("2 ") ? 1 : 0;
      }

      assertThat(answer).startsWith("0 ");
      assertThat(interrupted).isGreaterThan(2);
      assertThat(keys(app, BATCH)).containsAll(kept).hasSizeGreaterThan(kept.size());
      assertThat(difference(app)).isZero();
      assertThat(audit(app, "batch")).contains("%,15d in the lake".formatted(RECORDS));
      assertThat(isDelivered(app, "batch")).isTrue();
    }
  }

  @Test
  void what_a_stream_had_that_is_gone_is_made_before_the_layer_begins() throws Exception {
    try (RunningApp app = start("BATCH", "false")) {
      send(app);
      await().atMost(SOON).until(() -> isDelivered(app, "raw"));
      assertThat(run(app, app.aws().s3(), HOURS)).startsWith("2 There is no batch layer");
    }
    try (RunningApp cloud = start("ROLE", "cloud")) {
      cloud.aws().kinesis().deleteStream(delete -> delete.streamName("stage01-logs-stream"));
    }
    try (RunningApp app = start("BATCH", "true")) {
      assertThat(run(app, app.aws().s3(), HOURS))
          .startsWith("0 ")
          .contains("%,15d records put".formatted(RECORDS));
      assertThat(difference(app)).isZero();
      assertThat(run(app, app.aws().s3(), HOURS)).startsWith("0 ").contains("0 records put");
    }
  }

  @Test
  void what_the_layer_still_has_to_deliver_is_left_to_it() throws Exception {
    try (RunningApp app =
        start(
            "BATCH", "true", "BATCH_FLUSH_RECORDS", "1000", "BATCH_FLUSH_INTERVAL_MS", "600000")) {
      send(app);
      await().atMost(SOON).until(() -> isDelivered(app, "raw"));

      assertThat(run(app, app.aws().s3(), HOURS)).startsWith("1 ").contains("0 records put");
      assertThat(keys(app, BATCH)).isEmpty();
    }
  }

  private RunningApp start(String... more) throws Exception {
    return RunningApp.start(home, SETTINGS, more);
  }

  private static void send(RunningApp app) throws Exception {
    for (int from = 0; from < RECORDS; from += 50) {
      assertThat(
              app.ingest(
                  IntStream.range(from, from + 50)
                      .mapToObj(
                          number ->
                              "{\"timestamp\":\"2026-11-20T0%s:00:00Z\",\"service\":\"s%s\",\"message\":\"Message %s\"}"
                                  .formatted(8 + number % 2, number % 3, number / 7))
                      .collect(joining("\n"))))
          .isEqualTo(200);
    }
  }

  private static boolean isDelivered(RunningApp app, String layer) throws InterruptedException {
    String said = audit(app, layer);
    return said.contains("%,15d in the lake".formatted(RECORDS))
        && said.contains("%,15d not delivered yet".formatted(0))
        && !said.contains("NOT ALL");
  }

  private static String audit(RunningApp app, String layer) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new AuditCommand(
            app.settings().resources(),
            new RecordPart(app.settings().records()).streamParsers(),
            app.settings().delivery().dedupeWindow())
        .run(
            List.of("--layer", layer),
            app.aws().kinesis(),
            app.aws().s3(),
            new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  /** The exit code and what was said. */
  private static String run(RunningApp app, S3Client s3, String... arguments)
      throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        new BackfillCommand(
                app.settings().resources(),
                app.settings().delivery(),
                new RecordPart(app.settings().records()).streamParsers())
            .run(List.of(arguments), app.aws().kinesis(), s3, new PrintStream(out, true, UTF_8));
    return code + " " + out.toString(UTF_8);
  }

  /** Fails like a lost connection from some call on. */
  private static S3Client failingAfter(int calls, S3Client s3) {
    int[] left = {calls};
    return (S3Client)
        Proxy.newProxyInstance(
            S3Client.class.getClassLoader(),
            new Class<?>[] {S3Client.class},
            (proxy, method, arguments) -> {
              synchronized (left) {
                if (left[0]-- <= 0) {
                  throw SdkClientException.create("connection lost");
                }
              }
              try {
                return method.invoke(s3, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  private static List<String> keys(RunningApp app, String bucket) {
    return app.aws().s3().listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  /**
   * How many lines are in one layer and not in the other, by DuckDB, each as often as it is there.
   */
  private long difference(RunningApp app) throws Exception {
    Path copy = Files.createTempDirectory(home, "lakes");
    String raw =
        "SELECT json::VARCHAR FROM read_json_objects('%s', format = 'newline_delimited')"
            .formatted(files(app, RAW, copy));
    if (keys(app, BATCH).isEmpty()) {
      return RECORDS;
    }
    String batch = "SELECT record FROM read_parquet('%s')".formatted(files(app, BATCH, copy));
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duckDb.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT (SELECT count(*) FROM (%s EXCEPT ALL %s)) + (SELECT count(*) FROM (%s EXCEPT ALL %s))"
                    .formatted(raw, batch, batch, raw))) {
      found.next();
      return found.getLong(1);
    }
  }

  private static String files(RunningApp app, String bucket, Path copy) throws IOException {
    for (String key : keys(app, bucket)) {
      Path file = copy.resolve(bucket).resolve(key);
      Files.createDirectories(file.getParent());
      app.aws().s3().getObject(get -> get.bucket(bucket).key(key), file);
    }
    return copy.resolve(bucket) + "/**/part-*";
  }
}
