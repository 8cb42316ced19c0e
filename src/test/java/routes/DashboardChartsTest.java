package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the charts show after a restart. */
class DashboardChartsTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void they_go_on_with_what_they_had_before(@TempDir Path folder) throws Exception {
    long first;
    try (RunningApp app = RunningApp.start(folder)) {
      first =
          await().atMost(SOON).until(() -> times(app), times -> !times.isEmpty()).get(0).asLong();
    }
    try (RunningApp app = RunningApp.start(folder)) {
      assertThat(times(app).get(0).asLong()).isEqualTo(first);
    }
  }

  private static JsonNode times(RunningApp app) throws Exception {
    return ApiDescription.JSON.readTree(app.get("/api/stats/series").body()).path("times");
  }
}
