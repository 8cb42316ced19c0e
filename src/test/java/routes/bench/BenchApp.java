package routes.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The app's jar as a user starts it first: everything in one process, its cloud empty. */
final class BenchApp implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final MeasuredProcess process;
  private final URI intake;
  private final URI dashboard;

  private BenchApp(MeasuredProcess process, int intake, int dashboard) {
    this.process = process;
    this.intake = URI.create("http://localhost:" + intake + "/api/ingest");
    this.dashboard = URI.create("http://localhost:" + dashboard);
  }

  /**
   * Starts it.
   *
   * @param options of the JVM
   */
  static BenchApp start(List<String> options) throws IOException {
    return start(Files.createTempDirectory("bench-app"), Map.of(), options);
  }

  /**
   * Starts it where something may be in its cloud already.
   *
   * @param folder where it runs, with its {@code data}
   * @param settings beside those of its ports
   */
  static BenchApp start(Path folder, Map<String, String> settings, List<String> options)
      throws IOException {
    int port = MeasuredProcess.freePort();
    int dashboard = MeasuredProcess.freePort();
    Map<String, String> env = new HashMap<>(settings);
    env.putAll(
        Map.of(
            "CLOUD", "embedded",
            "INGEST_PORT", Integer.toString(port),
            "OTLP_GRPC_PORT", "0",
            "LOCAL_CLOUD_PORT", "0",
            "DASHBOARD_PORT", Integer.toString(dashboard)));
    return new BenchApp(MeasuredProcess.ofApp(folder, env, options), port, dashboard);
  }

  URI dashboard() {
    return dashboard;
  }

  MeasuredProcess process() {
    return process;
  }

  /** Waits until it accepts a record. */
  void awaitAccepted() throws IOException, InterruptedException {
    await(
        HttpRequest.newBuilder(intake)
            .POST(BodyPublishers.ofByteArray(LogLines.of(1).get(0)))
            .build());
  }

  /** Waits until its dashboard answers. */
  void awaitDashboard() throws IOException, InterruptedException {
    await(HttpRequest.newBuilder(dashboard.resolve("/api/stats/summary")).build());
  }

  /** Sends lines of JSON; false when they were not taken. */
  boolean send(String lines) throws IOException, InterruptedException {
    HttpRequest batch =
        HttpRequest.newBuilder(URI.create(intake + "/batch"))
            .POST(BodyPublishers.ofString(lines))
            .build();
    return http.send(batch, BodyHandlers.discarding()).statusCode() == 200;
  }

  private void await(HttpRequest request) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!answers(request)) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IOException("It does not answer " + request);
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private boolean answers(HttpRequest request) throws IOException, InterruptedException {
    process.cpuSeconds();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
