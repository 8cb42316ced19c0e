package routes.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import routes.ApiDescription;
import routes.RunningApp;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** How even a stream is, over the real port: what is counted, and where counting ends. */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardKeysTest {

  private static final int MOST_PER_CALL = 500;

  private RunningApp app;

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    app =
        RunningApp.start(
            Map.of(
                "DATA_DIR", home.resolve("data").toString(),
                "INBOX_DIR", home.resolve("inbox").toString()));
  }

  @AfterAll
  void stop() {
    app.close();
  }

  @Test
  void the_most_frequent_keys_come_first_with_their_share() throws Exception {
    create("uneven", 4);
    put("uneven", List.of("hot", "b", "hot", "a", "hot", "hot", "hot", "hot"));

    JsonNode skew = keys("uneven");

    assertThat(skew.path("keys"))
        .isEqualTo(
            json(
                """
                [{"name":"hot","records":6,"bytes":12,"share":0.75},
                 {"name":"a","records":1,"bytes":2,"share":0.125},
                 {"name":"b","records":1,"bytes":2,"share":0.125}]"""));
    assertThat(skew.path("records").asInt()).isEqualTo(8);
    assertThat(skew.path("bytes").asInt()).isEqualTo(16);
    assertThat(skew.path("distinctKeys").asInt()).isEqualTo(3);
    assertThat(skew.path("complete").asBoolean()).isTrue();
    assertThat(skew.path("shards"))
        .hasSize(4)
        .extracting(shard -> shard.path("records").asInt())
        .isSortedAccordingTo(Collections.reverseOrder())
        .satisfies(
            counts -> assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(8));
  }

  @Test
  void shards_that_take_no_more_do_not_count() throws Exception {
    create("split", 1);
    app.aws()
        .kinesis()
        .splitShard(
            split ->
                split
                    .streamName("split")
                    .shardToSplit("shardId-000000000000")
                    .newStartingHashKey("170141183460469231731687303715884105728"));
    active("split");

    assertThat(keys("split").path("shards"))
        .extracting(shard -> shard.path("name").asText())
        .containsExactly("shardId-000000000001", "shardId-000000000002");
  }

  @Test
  void of_a_busy_stream_a_part_is_counted_and_said_to_be_one() throws Exception {
    create("busy", 1);
    put("busy", IntStream.range(0, 30_500).mapToObj(number -> "key-" + number).toList());

    JsonNode skew = keys("busy");

    assertThat(skew.path("complete").asBoolean()).isFalse();
    assertThat(skew.path("records").asInt()).isEqualTo(30_000);
    assertThat(skew.path("distinctKeys").asInt()).isEqualTo(20_000);
    assertThat(skew.path("keys")).hasSize(20);
  }

  @Test
  void of_many_shards_the_first_are_read_and_that_is_said() throws Exception {
    create("wide", 33);

    JsonNode skew = keys("wide");

    assertThat(skew.path("shards")).hasSize(32);
    assertThat(skew.path("complete").asBoolean()).isFalse();
  }

  private void create(String stream, int shards) {
    app.aws().kinesis().createStream(create -> create.streamName(stream).shardCount(shards));
    active(stream);
  }

  private void active(String stream) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                json(app.get("/api/kinesis/stream/" + stream).body())
                    .path("status")
                    .asText()
                    .equals("ACTIVE"));
  }

  /** Puts a record of two bytes for each key. */
  private void put(String stream, List<String> keys) {
    SdkBytes data = SdkBytes.fromUtf8String("{}");
    for (int from = 0; from < keys.size(); from += MOST_PER_CALL) {
      List<PutRecordsRequestEntry> records =
          keys.subList(from, Math.min(from + MOST_PER_CALL, keys.size())).stream()
              .map(key -> PutRecordsRequestEntry.builder().partitionKey(key).data(data).build())
              .toList();
      app.aws().kinesis().putRecords(put -> put.streamName(stream).records(records));
    }
  }

  private JsonNode keys(String stream) throws Exception {
    var answer = app.get("/api/kinesis/stream/" + stream + "/keys");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer.body());
  }

  private static JsonNode json(String text) throws Exception {
    return ApiDescription.JSON.readTree(text);
  }
}
