package routes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.LakeReaders;
import routes.RunningApp;

/** Whatever JSON is accepted, other readers get it out of the lake again, record by record. */
class RandomRecordsTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int REQUESTS = 20;
  private static final int RECORDS = 50;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "a.b",
          "a b",
          "",
          "é",
          "\\u00e9t\\u00e9",
          "\\ud83d\\ude00",
          "year",
          "$",
          "\\\"",
          "\\\\",
          "status",
          "level",
          "message",
          "very".repeat(40));

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "1.50",
          "1e5",
          "1E400",
          "-1e-400",
          "9223372036854775807",
          "18446744073709551616",
          "123456789012345678901234567890.5",
          "\"\"",
          "\"text\"",
          "\"\\u0000\"",
          "\"\\ud83d\\ude00\"",
          "\"\\r\\n\"",
          "\"\u2028\"",
          "\"\ufeff\"",
          "\"2026-11-20T13:00:00Z\"",
          "\"{}\"",
          "[]",
          "{}");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1, none", "2, none", "3, gzip", "4, zstd"})
  void what_is_accepted_is_read_by_others(long seed, String compression) throws Exception {
    Random random = new Random(seed);
    try (RunningApp app = RunningApp.start(folder, Map.of("OUTPUT_COMPRESSION", compression))) {
      long accepted = 0;
      for (int request = 0; request < REQUESTS; request++) {
        String body =
            IntStream.range(0, RECORDS)
                .mapToObj(n -> record(random))
                .collect(Collectors.joining("\n"));
        HttpResponse<String> answer = app.post("/api/ingest", "application/x-ndjson", body);
        assertThat(answer.statusCode()).as("seed %d: %s", seed, answer.body()).isEqualTo(200);
        JsonNode counts = JSON.readTree(answer.body());
        accepted += counts.get("accepted").asLong();
      }
      assertThat(accepted).as("seed %d", seed).isEqualTo(REQUESTS * RECORDS);
      long rows = accepted;
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  LakeReaders.assertReadable(
                      app.aws().s3(), app.settings().resources().lake(), rows));
    }
  }

  private static String record(Random random) {
    return "{\"timestamp\":\"2026-11-20T%02d:00:00Z\",\"service\":\"%s\",%s}"
        .formatted(
            random.nextInt(3),
            List.of("web", "a/b", "ü%").get(random.nextInt(3)),
            fields(random, 0));
  }

  private static String fields(Random random, int depth) {
    Set<String> names = new LinkedHashSet<>();
    for (int n = 0; n <= random.nextInt(5); n++) {
      names.add(NAMES.get(random.nextInt(NAMES.size())));
    }
    return names.stream()
        .map(name -> "\"%s\":%s".formatted(name, value(random, depth)))
        .collect(Collectors.joining(","));
  }

  private static String value(Random random, int depth) {
    return switch (depth > 4 ? 9 : random.nextInt(10)) {
      case 0 -> "{" + fields(random, depth + 1) + "}";
      case 1 -> "[" + value(random, depth + 1) + "," + value(random, depth + 1) + "]";
      default -> VALUES.get(random.nextInt(VALUES.size()));
    };
  }
}
