package routes.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.RunningApp;
import routes.signal.Signal;

/** A Prometheus that scrapes the app and writes what it got to the app's remote write. */
class PrometheusTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void what_prometheus_writes_lies_in_the_lake_once() throws Exception {
    assumeTrue(
        Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "prometheus"))),
        "there is no prometheus: it is in Debian's package of that name");
    try (RunningApp app = RunningApp.start(folder)) {
      Process prometheus = start(app);
      try {
        List<JsonNode> scrapes =
            await().atMost(SOON).until(() -> points(app, "up"), found -> found.size() >= 3);

        assertThat(scrapes)
            .allSatisfy(
                up -> {
                  assertThat(up.path("value").asDouble()).isEqualTo(1);
                  assertThat(up.path("service").asText()).isEqualTo("camel-app");
                  assertThat(up.at("/attributes/instance").asText()).contains("localhost");
                });
        Set<String> times = new HashSet<>();
        scrapes.forEach(up -> times.add(up.path("timestamp").asText()));
        assertThat(times).hasSameSizeAs(scrapes);
        assertThat(
                await()
                    .atMost(SOON)
                    .until(() -> points(app, "intake_records_total"), found -> !found.isEmpty()))
            .allSatisfy(point -> assertThat(point.at("/attributes/source").asText()).isNotEmpty());
      } finally {
        prometheus.destroy();
        assertThat(prometheus.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private Process start(RunningApp app) throws IOException {
    Path configuration = folder.resolve("prometheus.yml");
    Files.writeString(
        configuration,
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: camel-app
            metrics_path: /observe/metrics
            static_configs:
              - targets: ['localhost:%s']
        remote_write:
          - url: http://localhost:%s/api/v1/write
            send_exemplars: true
        """
            .formatted(app.endpoints().dashboard(), app.ingestPort()));
    return new ProcessBuilder(
            "prometheus",
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + folder.resolve("tsdb"),
            "--web.listen-address=127.0.0.1:" + freePort())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static List<JsonNode> points(RunningApp app, String name) {
    return app.lake(Signal.METRICS).recordsOf("camel-app").stream()
        .filter(point -> point.path("name").asText().equals(name))
        .toList();
  }
}
