package routes.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.RunningApp;
import routes.signal.Signal;

/** A Prometheus that scrapes the app and writes what it got to the app's remote write. */
class PrometheusTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void what_prometheus_writes_lies_in_the_lake_once() throws Exception {
    assumeTrue(
        Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "prometheus"))),
        "there is no prometheus: it is in Debian's package of that name");
    try (RunningApp app = RunningApp.start(folder)) {
      int port = freePort();
      Process prometheus = start(app, port);
      try {
        await().atMost(SOON).until(() -> samples(port, "intake_records_total").size() >= 3);
        List<String> written = samples(port, "{job=\"camel-app\"}");
        Instant last = written.stream().map(PrometheusTest::time).max(naturalOrder()).orElseThrow();

        assertThat(written)
            .anyMatch(sample -> sample.startsWith("intake_records_total{"))
            .anyMatch(sample -> sample.startsWith("scrape_samples_scraped{"));
        await()
            .atMost(SOON)
            .untilAsserted(
                () -> assertThat(inLake(app, last)).containsExactlyInAnyOrderElementsOf(written));
      } finally {
        prometheus.destroy();
        assertThat(prometheus.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private Process start(RunningApp app, int port) throws IOException {
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
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /**
   * The samples that Prometheus itself has, up to its last second that is over, as one line each;
   * none while it does not answer yet.
   */
  private static List<String> samples(int port, String selector)
      throws IOException, InterruptedException {
    String query = URLEncoder.encode(selector + "[1h]", UTF_8);
    String time = Instant.now().minusSeconds(1).toString();
    URI uri =
        URI.create(
            "http://localhost:%s/api/v1/query?query=%s&time=%s".formatted(port, query, time));
    HttpResponse<String> answer;
    try {
      answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (ConnectException notYet) {
      return List.of();
    }
    if (answer.statusCode() == 503) {
      return List.of();
    }
    List<String> samples = new ArrayList<>();
    for (JsonNode series : JSON.readTree(answer.body()).at("/data/result")) {
      Map<String, String> labels = labels(series.path("metric"));
      String name = labels.remove("__name__");
      for (JsonNode sample : series.path("values")) {
        long millis = Math.round(sample.get(0).asDouble() * 1000);
        double value = Double.parseDouble(sample.get(1).asText().replace("Inf", "Infinity"));
        samples.add(line(name, labels, Instant.ofEpochMilli(millis), value));
      }
    }
    return samples;
  }

  /** The same of the lake; ends of series are no samples. */
  private static List<String> inLake(RunningApp app, Instant last) {
    List<String> samples = new ArrayList<>();
    for (JsonNode point : app.lake(Signal.METRICS).recordsOf("camel-app")) {
      Instant time = Instant.parse(point.path("timestamp").asText());
      if (point.has("value") && !time.isAfter(last)) {
        Map<String, String> labels = labels(point.path("attributes"));
        double value = Double.parseDouble(point.path("value").asText());
        samples.add(line(point.path("name").asText(), labels, time, value));
      }
    }
    return samples;
  }

  private static Map<String, String> labels(JsonNode object) {
    Map<String, String> labels = new TreeMap<>();
    object.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private static String line(String name, Map<String, String> labels, Instant time, double value) {
    return "%s%s %s %s".formatted(name, labels, value, time);
  }

  private static Instant time(String line) {
    return Instant.parse(line.substring(line.lastIndexOf(' ') + 1));
  }
}
