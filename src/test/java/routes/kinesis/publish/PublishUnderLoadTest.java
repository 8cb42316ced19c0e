package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.AnyCredentials;
import routes.RunningApp;
import routes.local.LocalCloud;
import routes.local.kinesis.AwsError;
import routes.local.kinesis.Faults;
import routes.local.kinesis.KinesisOptions;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The way onto the stream from end to end, with a Kinesis that can be held up. */
class PublishUnderLoadTest {

  private static final String HOUR = "/year=2024/month=03/day=01/hour=10";
  private static final int MOST_OF_THE_BUFFER = 900_000;

  private final CountDownLatch gate = new CountDownLatch(1);
  private LocalCloud cloud;
  @TempDir Path folder;

  @BeforeEach
  void startCloud() {
    AnyCredentials.set();
    cloud =
        LocalCloud.start(
            folder.resolve("data"),
            "127.0.0.1",
            0,
            KinesisOptions.defaults().withFaults(new Gate()),
            Clock.systemUTC());
  }

  @AfterEach
  void stopCloud() {
    gate.countDown();
    cloud.close();
    AnyCredentials.clear();
  }

  /** Lets no record through before it is opened. */
  private final class Gate implements Faults {
    @Override
    public @Nullable AwsError before(String operation) {
      try {
        if (operation.equals("PutRecords")) {
          gate.await();
        }
        return null;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void a_full_buffer_turns_requests_away_and_lets_files_wait() throws Exception {
    Path file = folder.resolve("inbox/waiting.jsonl");
    try (RunningApp app = start(Map.of("PUBLISH_BUFFER_BYTES", "1MB"))) {
      List<CompletableFuture<HttpResponse<String>>> taken =
          IntStream.range(0, 2).mapToObj(i -> postLater(app, large(i))).toList();
      await().until(() -> app.ingest("") == 429);
      Files.writeString(file, record("file", 1) + "\n");

      HttpResponse<String> refused = app.post("/api/ingest", "application/json", record("http", 1));

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().allValues("Retry-After")).containsExactly("1");
      assertThat(taken).noneMatch(CompletableFuture::isDone);
      assertThat(file).exists();

      gate.countDown();

      assertThat(taken).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
      assertThat(app.ingest(record("http", 2))).isEqualTo(200);
      await()
          .untilAsserted(
              () ->
                  assertThat(app.lake().lines())
                      .isEqualTo(
                          Map.of(
                              "service=large" + HOUR, List.of(large(0), large(1)),
                              "service=file" + HOUR, List.of(record("file", 1)),
                              "service=http" + HOUR, List.of(record("http", 2)))));
    }
  }

  @Test
  void gathered_records_and_those_of_a_spread_service_reach_the_lake() throws Exception {
    gate.countDown();
    List<String> small = records("small");
    List<String> busy = records("busy");
    try (RunningApp app =
        start(
            Map.of(
                "KINESIS_AGGREGATION", "true",
                "KINESIS_SHARD_COUNT", "2",
                "PARTITION_KEY_SPREAD", "busy:4"))) {
      assertThat(app.ingest(String.join("\n", small))).isEqualTo(200);
      assertThat(app.ingest(String.join("\n", busy))).isEqualTo(200);

      await()
          .untilAsserted(
              () ->
                  assertThat(app.lake().lines())
                      .isEqualTo(
                          Map.of("service=small" + HOUR, small, "service=busy" + HOUR, busy)));
      assertThat(onStream(app))
          .extracting(Record::partitionKey)
          .containsExactlyInAnyOrder("small", "busy#0", "busy#1", "busy#2", "busy#3");
    }
  }

  private RunningApp start(Map<String, String> env) throws Exception {
    Map<String, String> all = new HashMap<>(env);
    all.put("AWS_ENDPOINT_URL", cloud.endpoint().toString());
    all.put("CREATE_RESOURCES", "true");
    all.put("INBOX_DIR", folder.resolve("inbox").toString());
    all.put("FLUSH_INTERVAL_MS", "200");
    return RunningApp.start(all);
  }

  private static CompletableFuture<HttpResponse<String>> postLater(RunningApp app, String body) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return app.post("/api/ingest", "application/json", body);
          } catch (IOException | InterruptedException failure) {
            throw new CompletionException(failure);
          }
        });
  }

  private static List<Record> onStream(RunningApp app) {
    var kinesis = app.aws().kinesis();
    String stream = app.settings().resources().stream();
    return kinesis.listShards(list -> list.streamName(stream)).shards().stream()
        .map(
            shard ->
                kinesis
                    .getShardIterator(
                        get ->
                            get.streamName(stream)
                                .shardId(shard.shardId())
                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator())
        .flatMap(at -> kinesis.getRecords(get -> get.shardIterator(at)).records().stream())
        .toList();
  }

  private static List<String> records(String service) {
    return IntStream.range(100, 300).mapToObj(number -> record(service, number)).toList();
  }

  private static String large(int number) {
    String record = record("large", number);
    return record.replace("}", ",\"padding\":\"" + "x".repeat(MOST_OF_THE_BUFFER) + "\"}");
  }

  private static String record(String service, int number) {
    return "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"%s\",\"record_id\":\"%s-%d\"}"
        .formatted(service, service, number);
  }
}
