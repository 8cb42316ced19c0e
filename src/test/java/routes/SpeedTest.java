package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.signal.Signal;

/** Figures beside the embedded cloud, from the intake to the database. */
class SpeedTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int RECORDS = 2_000;
  private static final List<String> LEVELS = List.of("INFO", "warn", "ERROR", "FATAL");
  private static final Map<String, String> SETTINGS =
      Map.of(
          "SPEED_JDBC_URL", "embedded",
          "SPEED_INTERVAL", "0.1",
          "KINESIS_SHARD_COUNT", "3",
          "FLUSH_INTERVAL_MS", "500",
          "BATCH_SIZE", "100");

  private final Random random = new Random(19);

  @Test
  void they_equal_those_of_the_lake_also_after_a_restart(@TempDir Path folder) throws Exception {
    String logs = lines(Signal.LOGS);
    try (RunningApp app = RunningApp.start(folder, SETTINGS)) {
      send(app, Signal.LOGS, logs);
      send(app, Signal.METRICS, lines(Signal.METRICS));
      send(app, Signal.TRACES, lines(Signal.TRACES));
      send(app, Signal.LOGS, logs);
      app.putOnStream("no record");
      await().atMost(SOON).until(() -> isDelivered(app, Signal.LOGS, RECORDS));
    }
    try (RunningApp app = RunningApp.start(folder, SETTINGS)) {
      send(app, Signal.LOGS, logs);
      send(app, Signal.LOGS, lines(Signal.LOGS).replace("\"id-", "\"other-"));
      await().atMost(SOON).until(() -> isDelivered(app, Signal.LOGS, 2 * RECORDS));
      await().atMost(SOON).until(() -> isDelivered(app, Signal.METRICS, RECORDS));
      await().atMost(SOON).until(() -> isDelivered(app, Signal.TRACES, RECORDS));
      await().atMost(SOON).untilAsserted(() -> assertFiguresAreThoseOfTheLake(app, folder));
    }
  }

  @Test
  void a_database_that_is_restored_is_counted_up_again_while_the_app_runs(@TempDir Path folder)
      throws Exception {
    try (RunningApp app = RunningApp.start(folder, SETTINGS)) {
      send(app, Signal.LOGS, lines(Signal.LOGS));
      send(app, Signal.METRICS, lines(Signal.METRICS));
      send(app, Signal.TRACES, lines(Signal.TRACES));
      for (Signal signal : Signal.values()) {
        await().atMost(SOON).until(() -> isDelivered(app, signal, RECORDS));
      }
      await().atMost(SOON).untilAsserted(() -> assertFiguresAreThoseOfTheLake(app, folder));
      try (Connection database = connect(app);
          Statement statement = database.createStatement()) {
        statement.execute("DROP SCHEMA speed CASCADE");
      }

      send(app, Signal.LOGS, lines(Signal.LOGS).replace("\"id-", "\"other-"));

      await().atMost(SOON).until(() -> isDelivered(app, Signal.LOGS, 2 * RECORDS));
      await()
          .atMost(SOON)
          .ignoreExceptionsInstanceOf(SQLException.class)
          .untilAsserted(() -> assertFiguresAreThoseOfTheLake(app, folder));
    }
  }

  /** In one process H2 lets in who asks for the same database. */
  private static void assertFiguresAreThoseOfTheLake(RunningApp app, Path folder)
      throws SQLException {
    try (Connection database = connect(app)) {
      for (Signal signal : Signal.values()) {
        assertThat(LakeFigures.ofDatabase(database, signal))
            .isNotEmpty()
            .isEqualTo(LakeFigures.ofLake(bucket(folder, signal), signal, false));
      }
    }
  }

  private static Connection connect(RunningApp app) throws SQLException {
    return DriverManager.getConnection(
        app.settings().speed().url(), app.settings().speed().user(), "");
  }

  private static Path bucket(Path folder, Signal signal) {
    String name = signal == Signal.TRACES ? "apm" : signal.word();
    return folder.resolve("data/s3/md-raw-" + name);
  }

  private static void send(RunningApp app, Signal signal, String lines) throws Exception {
    assertThat(
            app.post("/api/ingest?signal=" + signal.word(), "application/json", lines).statusCode())
        .isEqualTo(200);
  }

  private static boolean isDelivered(RunningApp app, Signal signal, int records) {
    return app.lake(signal).lines().values().stream().mapToInt(List::size).sum() == records;
  }

  private String lines(Signal signal) {
    return IntStream.range(0, RECORDS)
        .mapToObj(
            number ->
                "{\"timestamp\":\"2026-11-20T%02d:%02d:%02d.%03dZ\",\"service\":\"s%d\",\"record_id\":\"id-%d\",%s}"
                    .formatted(
                        9 + random.nextInt(3),
                        random.nextInt(60),
                        random.nextInt(60),
                        random.nextInt(1000),
                        random.nextInt(5),
                        number,
                        own(signal, number)))
        .collect(Collectors.joining("\n"));
  }

  private String own(Signal signal, int number) {
    return switch (signal) {
      case LOGS ->
          "\"level\":\"%s\"%s"
              .formatted(
                  LEVELS.get(random.nextInt(LEVELS.size())),
                  random.nextBoolean() ? "" : ",\"duration_ms\":" + random.nextInt(5000));
      case METRICS ->
          String.format(
              Locale.ROOT,
              "\"name\":\"m%d\",\"value\":%.3f%s",
              random.nextInt(3),
              random.nextGaussian(),
              random.nextBoolean()
                  ? ""
                  : ",\"attributes\":{\"a\":%d,\"b\":[1,{\"c\":null}]}"
                      .formatted(random.nextInt(3)));
      case TRACES ->
          "\"kind\":\"%s\",\"trace_id\":\"%032x\",\"span_id\":\"%016x\",\"duration_nanos\":%d%s"
              .formatted(
                  random.nextBoolean() ? "SERVER" : "CLIENT",
                  1 + random.nextInt(300),
                  1 + number,
                  random.nextInt(1_000_000_000),
                  random.nextInt(10) == 0 ? ",\"status_code\":\"ERROR\"" : "");
    };
  }
}
