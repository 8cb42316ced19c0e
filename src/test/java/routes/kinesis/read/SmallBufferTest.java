package routes.kinesis.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.RunningApp;

/** With a spool the buffer may be small; what is known of copies must not be. */
class SmallBufferTest {

  private static final int RECORDS = 20_000;
  private static final int AT_ONCE = 5_000;
  private static final Duration SOON = Duration.ofMinutes(1);

  @Test
  void copies_are_known_however_small_the_buffer_is(@TempDir Path home) throws Exception {
    Map<String, String> environment =
        Map.of(
            "DELIVERY_BUFFER_BYTES", "1MB",
            "MAX_BATCH_BYTES", "1MB",
            "SPOOL_DIR", home.resolve("spool").toString(),
            "DEDUPE_WINDOW_MS", "3600000");
    try (RunningApp app = RunningApp.start(home.resolve("app"), environment)) {
      for (int time = 0; time < 2; time++) {
        for (int first = 0; first < RECORDS; first += AT_ONCE) {
          app.putOnStream(lines("many", first, AT_ONCE));
        }
      }
      app.putOnStream(lines("last", RECORDS, 1));

      await().atMost(SOON).until(() -> !app.lake().linesOf("last").isEmpty());
      await().atMost(SOON).until(() -> delivered(app).size() >= RECORDS);
      assertThat(delivered(app)).hasSize(RECORDS).doesNotHaveDuplicates();
    }
  }

  private static List<String> delivered(RunningApp app) throws Exception {
    return app.lake().linesOf("many").values().stream().flatMap(List::stream).toList();
  }

  private static String lines(String service, int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(
            "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"%s\",\"record_id\":\"%%d\"}"
                    .formatted(service)
                ::formatted)
        .collect(Collectors.joining("\n"));
  }
}
