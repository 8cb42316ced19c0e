package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.local.LocalCloud;
import routes.local.kinesis.KinesisOptions;
import routes.local.kinesis.MutableClock;
import routes.signal.Signal;

/** Delivery that was away for longer than the stream's retention finds everything in its place. */
class EmbeddedRetentionTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration AWAY = Duration.ofDays(3);

  @BeforeAll
  static void credentials() {
    AnyCredentials.set();
  }

  @AfterAll
  static void noCredentials() {
    AnyCredentials.clear();
  }

  @TempDir Path home;
  private final MutableClock clock = new MutableClock();

  @Test
  void nothing_accepted_is_lost_or_doubled_by_days_without_delivery() throws Exception {
    try (LocalCloud cloud = cloud();
        RunningApp app = deliveringFrom(cloud)) {
      put(app, 0, 40);
      awaitInLake(app, 40);
    }
    try (LocalCloud cloud = cloud();
        RunningApp app = deliveringFrom(cloud, "ROLE", "intake")) {
      // A client sends what was delivered once more, then days pass before anybody reads.
      put(app, 39, 90);
    }

    clock.advance(AWAY);

    try (LocalCloud cloud = cloud();
        RunningApp app = deliveringFrom(cloud)) {
      awaitInLake(app, 90);
      put(app, 90, 91);
      awaitInLake(app, 91);
      for (Signal signal : Signal.values()) {
        app.assertLakeIsReadable(signal);
      }
    }
  }

  @Test
  void what_one_layer_has_and_the_other_not_yet_stays() throws Exception {
    try (LocalCloud cloud = cloud("BATCH", "true");
        RunningApp app = deliveringFrom(cloud)) {
      put(app, 0, 20);
      awaitInLake(app, 20);
      put(app, 20, 90);
      awaitInLake(app, 90);
    }

    clock.advance(AWAY);

    try (LocalCloud cloud = cloud("BATCH", "true");
        RunningApp app = deliveringFrom(cloud, "BATCH", "true", "BATCH_FLUSH_INTERVAL_MS", "500")) {
      // Looks for what may go.
      put(app, 90, 91);
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(app.get("/observe/metrics").body())
                      .contains("delivery_records_total{layer=\"batch\",signal=\"logs\"} 91.0")
                      .contains("delivery_gaps_total{layer=\"batch\"} 0.0"));
    }
  }

  private LocalCloud cloud(String... more) {
    Map<String, String> env = new HashMap<>(Map.of("CLOUD", "embedded"));
    putAll(env, more);
    Path data = home.resolve("data");
    return LocalCloud.start(
        data,
        "127.0.0.1",
        0,
        KinesisOptions.defaults()
            .withSegmentBytes(1000)
            .withConsumer(new EmbeddedDelivery(Settings.load(env), LocalCloud.objects(data))),
        clock);
  }

  private RunningApp deliveringFrom(LocalCloud cloud, String... more) throws Exception {
    Map<String, String> env = new HashMap<>();
    env.put("AWS_ENDPOINT_URL", cloud.endpoint().toString());
    env.put("CREATE_RESOURCES", "true");
    env.put("INBOX_DIR", home.resolve("inbox").toString());
    env.put("FLUSH_INTERVAL_MS", "200");
    putAll(env, more);
    return RunningApp.start(env);
  }

  private static void putAll(Map<String, String> env, String... more) {
    for (int i = 0; i < more.length; i += 2) {
      env.put(more[i], more[i + 1]);
    }
  }

  private static void put(RunningApp app, int from, int to) {
    for (Signal signal : Signal.values()) {
      records(signal, from, to).forEach(record -> app.putOnStream(signal, record));
    }
  }

  /** Waits until the first so many records of each signal are there, and nothing else. */
  private static void awaitInLake(RunningApp app, int count) {
    for (Signal signal : Signal.values()) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(
                          app.lake(signal).lines().values().stream().flatMap(List::stream).toList())
                      .as("%s", signal)
                      .containsExactlyInAnyOrderElementsOf(records(signal, 0, count)));
    }
  }

  private static List<String> records(Signal signal, int from, int to) {
    return IntStream.range(from, to).mapToObj(number -> record(signal, number)).toList();
  }

  private static String record(Signal signal, int number) {
    String fields =
        switch (signal) {
          case LOGS -> "\"message\":\"m\"";
          case METRICS -> "\"name\":\"m\",\"value\":1";
          case TRACES ->
              "\"name\":\"s\",\"trace_id\":\"%s\",\"span_id\":\"%s\""
                  .formatted("a".repeat(32), "b".repeat(16));
        };
    return "{\"timestamp\":\"%s\",\"service\":\"web\",\"record_id\":\"%d\",%s}"
        .formatted("2024-03-01T10:00:00Z", number, fields);
  }
}
