package routes.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.ApiDescription;
import routes.RunningApp;
import software.amazon.awssdk.core.sync.RequestBody;

/** Lists in parts are the lists in one, over the real port. */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardPagingTest {

  private static final String SHARDS = "/api/kinesis/stream/other/shards";
  private static final String RECORDS = "/api/kinesis/stream/stage01-logs-stream/records";
  private static final String LAKE = "/api/s3/bucket/md-raw-logs";

  private RunningApp app;

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    app =
        RunningApp.start(
            Map.of(
                "DATA_DIR", home.resolve("data").toString(),
                "INBOX_DIR", home.resolve("inbox").toString()));
    for (String stream : List.of("another", "other", "third")) {
      app.aws().kinesis().createStream(create -> create.streamName(stream).shardCount(4));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> get("/api/kinesis/stream/third").path("status").asText().equals("ACTIVE"));
    for (int number = 1; number <= 4; number++) {
      app.putOnStream("{\"number\":%d}".formatted(number));
      put("service=a/year=2026/month=11/day=20/hour=0%d/part-1.jsonl".formatted(number));
      put("service=b%%2Fc/year=2026/month=11/day=20/hour=0%d/part-1.jsonl".formatted(2 * number));
    }
  }

  @AfterAll
  void stop() {
    app.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/kinesis/streams, 6",
    SHARDS + ", 4",
    RECORDS + "?shard=shardId-000000000000, 4",
    RECORDS + "?shard=shardId-000000000000&field=number&value=3, 1",
    LAKE + "/objects?delimiter=none, 8",
    LAKE + "/objects?prefix=service=a/year=2026/month=11/day=20/, 0",
    LAKE + "/partitions, 8",
    LAKE + "/partitions?service=b/c, 4",
    LAKE + "/partitions?from=2026-11-20T03:00:00Z&to=2026-11-20T06:30:00Z, 4"
  })
  void parts_are_the_whole(String path, int size) throws Exception {
    List<JsonNode> whole = new ArrayList<>();
    get(path).path("items").forEach(whole::add);

    assertThat(whole).hasSize(size);
    assertThat(parts(path, 1)).isEqualTo(whole);
    assertThat(parts(path, 3)).isEqualTo(whole);
  }

  @Test
  void gaps_are_found_across_parts() throws Exception {
    JsonNode whole = get(LAKE + "/partitions");

    assertThat(whole.path("gapCount").asInt()).isEqualTo(3);
    assertThat(whole.path("missingHours").asInt()).isEqualTo(3);
    assertThat(whole.at("/gaps/0"))
        .isEqualTo(
            ApiDescription.JSON.readTree(
                "{\"service\":\"b/c\",\"from\":\"2026-11-20T03:00:00Z\",\"hours\":1}"));
    JsonNode second =
        get(LAKE + "/partitions?limit=2&page=service=b%252Fc/year=2026/month=11/day=20/hour=02");
    assertThat(second.path("gapCount").asInt()).isEqualTo(2);
  }

  @Test
  void lines_of_an_object_can_be_passed_over() throws Exception {
    String object =
        "/api/s3/object/md-raw-logs/service=a/year=2026/month=11/day=20/hour=01/part-1.jsonl";

    JsonNode part = get(object + "?skip=1&limit=1");

    assertThat(part.at("/lines/0/text").asText()).isEqualTo("2");
    assertThat(part.path("lines")).hasSize(1);
    assertThat(part.path("more").asBoolean()).isTrue();
    assertThat(get(object + "?skip=2").path("more").asBoolean()).isFalse();
    assertThat(get(object + "?skip=3").path("lines")).isEmpty();
  }

  @Test
  void a_page_that_no_answer_gave_is_refused() throws Exception {
    for (String path :
        List.of(LAKE + "/partitions", RECORDS + "?shard=shardId-000000000000", SHARDS)) {
      String page = path + (path.contains("?") ? "&" : "?") + "page=nonsense";

      assertThat(app.get(page).statusCode()).as(page).isEqualTo(400);
    }
  }

  /** All items, so many asked for at a time. */
  private List<JsonNode> parts(String path, int limit) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    String part = path + (path.contains("?") ? "&" : "?") + "limit=" + limit;
    JsonNode answer = get(part);
    // An open shard has no end, but nothing behind its newest record.
    while (answer.has("next")
        && !(answer.path("behindMillis").asInt(1) == 0 && answer.path("items").isEmpty())) {
      assertThat(answer.path("items")).hasSizeLessThanOrEqualTo(limit);
      answer.path("items").forEach(items::add);
      answer =
          get(
              part
                  + "&page="
                  + URLEncoder.encode(answer.path("next").asText(), StandardCharsets.UTF_8));
    }
    answer.path("items").forEach(items::add);
    return items;
  }

  private JsonNode get(String path) throws Exception {
    var answer = app.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ApiDescription.JSON.readTree(answer.body());
  }

  private void put(String key) {
    app.aws()
        .s3()
        .putObject(to -> to.bucket("md-raw-logs").key(key), RequestBody.fromString("1\n2\n3\n"));
  }
}
