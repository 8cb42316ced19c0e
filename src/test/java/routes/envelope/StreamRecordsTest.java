package routes.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.Lake;
import routes.RunningApp;

/** What others put straight on the stream. */
class StreamRecordsTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String HOUR = "service=%s/year=2026/month=11/day=20/hour=09";

  @TempDir Path home;

  @Test
  void a_record_as_long_as_kinesis_takes_is_delivered() throws Exception {
    String record = record((1 << 20) - 3);
    try (RunningApp app = start("stage01-logs-stream")) {
      app.putOnStream(record);
      await().atMost(SOON).until(() -> app.lake().linesOf("large"), lines -> !lines.isEmpty());
      assertThat(app.lake().linesOf("large"))
          .isEqualTo(Map.of(HOUR.formatted("large"), List.of(record)));
      app.aws()
          .kinesis()
          .createStream(
              create -> create.streamName("large").shardCount(1).maxRecordSizeInKiB(10_240));
    }
    String largest = record((10 << 20) - 3);
    try (RunningApp app = start("large")) {
      app.putOnStream(largest);
      await()
          .atMost(SOON)
          .until(() -> app.lake().linesOf("large").get(HOUR.formatted("large")).size() == 2);
      assertThat(app.lake().linesOf("large").get(HOUR.formatted("large")))
          .containsExactlyInAnyOrder(record, largest);
    }
  }

  @Test
  void many_rejected_lines_are_one_dead_letter_whose_lines_are_replayed() throws Exception {
    try (RunningApp app = start("stage01-logs-stream")) {
      String good = "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"good\"}";
      List<String> without =
          IntStream.range(10, 60)
              .mapToObj("{\"timestamp\":\"2026-11-20T09:00:00Z\",\"n\":%d}"::formatted)
              .toList();
      app.putOnStream(good + "\nbad\n" + String.join("\n", without) + "\n" + good);

      await()
          .atMost(SOON)
          .until(
              () -> app.lake().linesOf("good").values().stream().mapToLong(List::size).sum() == 2);
      JsonNode letter = onlyLetter(app);
      assertThat(letter.path("records").intValue()).isEqualTo(51);
      assertThat(letter.path("reason").textValue()).isEqualTo("not-an-object");
      assertThat(letter.path("record").textValue()).isEqualTo("bad\n" + String.join("\n", without));

      JsonNode replay =
          json(
              app.dashboard(
                      "/api/dead-letters/replay", "{\"all\":true,\"set\":{\"service\":\"mended\"}}")
                  .body());
      assertThat(replay.path("invalid").intValue()).isEqualTo(1);
      await()
          .atMost(SOON)
          .until(
              () ->
                  app.lake().linesOf("mended").values().stream().mapToLong(List::size).sum() == 50);
      assertThat(app.lake().linesOf("mended").get(HOUR.formatted("mended")))
          .containsExactlyElementsOf(
              without.stream()
                  .map(
                      line ->
                          line.replace(
                              "}", ",\"service\":\"mended\",\"replayed\":1" + Lake.SOME_ID))
                  .toList());
      JsonNode left = onlyLetter(app);
      assertThat(left.path("record").textValue()).isEqualTo("bad");
      assertThat(left.path("attempts").intValue()).isEqualTo(2);
      assertThat(left.path("id")).isEqualTo(letter.path("id"));
    }
  }

  private RunningApp start(String stream) throws Exception {
    return RunningApp.start(home, Map.of("KINESIS_STREAM_NAME", stream));
  }

  /** With all bytes, of which a list has the beginning. */
  private static JsonNode onlyLetter(RunningApp app) throws Exception {
    JsonNode items =
        await().atMost(SOON).until(() -> letters(app, ""), letters -> letters.size() == 1);
    return letters(app, "?id=" + items.path(0).path("id").textValue()).path(0);
  }

  private static JsonNode letters(RunningApp app, String query) throws Exception {
    return json(app.dashboard("/api/dead-letters" + query, null).body()).path("items");
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  private static String record(int length) {
    String start = "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"large\",\"m\":\"";
    return start + "x".repeat(length - start.length() - 2) + "\"}";
  }
}
