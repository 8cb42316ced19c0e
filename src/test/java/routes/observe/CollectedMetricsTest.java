package routes.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.RunningApp;

/** The metrics that Terraform has collected, and alarms on, are those that the app has. */
class CollectedMetricsTest {

  private static final File FILE = new File("infra/modules/definitions/metrics.yaml");

  @TempDir Path folder;

  @Test
  void every_metric_that_is_collected_is_a_gauge_of_the_app() throws Exception {
    List<String> collected = new YAMLMapper().readValue(FILE, new TypeReference<>() {});
    assertThat(collected).isNotEmpty();

    try (RunningApp app =
        RunningApp.start(
            Map.of(
                "DATA_DIR", folder.resolve("data").toString(),
                "INBOX_DIR", folder.resolve("inbox").toString()))) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(metrics(app))
                      .contains(collected.stream().map("# TYPE %s gauge\n"::formatted).toList()));
    }
  }

  private static String metrics(RunningApp app) throws Exception {
    URI uri = URI.create("http://localhost:" + app.endpoints().dashboard() + "/observe/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
