package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.cloud.AwsClients;
import routes.kafka.KinesisOverKafka;
import routes.settings.Cloud;
import routes.signal.Signal;
import routes.signal.Signals;
import software.amazon.awssdk.core.SdkBytes;

/** The application in this process, on free ports, and clients of all it serves and uses. */
public final class RunningApp implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final Settings settings;
  private final CamelApp app;
  private final AwsClients aws;

  private RunningApp(Settings settings) throws Exception {
    this.settings = settings;
    app = CamelApp.start(settings);
    aws = clients();
  }

  /** Starts it with its data in a folder, and writes what comes without much waiting. */
  public static RunningApp start(Path folder) throws Exception {
    return start(folder, Map.of());
  }

  /** The same, with other environment variables beside. */
  public static RunningApp start(Path folder, Map<String, String> env) throws Exception {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "DATA_DIR", folder.resolve("data").toString(),
                "INBOX_DIR", folder.resolve("inbox").toString(),
                "FLUSH_INTERVAL_MS", "200"));
    all.putAll(env);
    return start(all);
  }

  /** The same, with some more on top: a name, its value, and so on. */
  public static RunningApp start(Path folder, Map<String, String> env, String... more)
      throws Exception {
    Map<String, String> all = new HashMap<>(env);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return start(folder, all);
  }

  /** Starts it with these environment variables. */
  public static RunningApp start(Map<String, String> env) throws Exception {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "LOCAL_CLOUD_PORT", "0",
                "INGEST_PORT", "0",
                "OTLP_GRPC_PORT", "0",
                "DASHBOARD_PORT", "0",
                // A further reader of each stream, which is the subject of few.
                "SPEED_JDBC_URL", "off",
                "ROUTES_RELOAD", "false"));
    all.putAll(env);
    return new RunningApp(Settings.load(all));
  }

  public int ingestPort() {
    return app.endpoints().ingest();
  }

  public int grpcPort() {
    return app.endpoints().grpc();
  }

  public Settings settings() {
    return settings;
  }

  public Endpoints endpoints() {
    return app.endpoints();
  }

  public AwsClients aws() {
    return aws;
  }

  public Lake lake() {
    return new Lake(aws.s3(), settings.resources().lake());
  }

  /** Reads the whole lake of logs with readers that nobody here wrote. */
  public void assertLakeIsReadable() throws IOException {
    assertLakeIsReadable(Signal.LOGS);
  }

  /** Reads the whole lake of one signal with readers that nobody here wrote. */
  public void assertLakeIsReadable(Signal signal) throws IOException {
    LakeReaders.assertReadable(
        aws.s3(),
        place(signal).bucket(),
        lake(signal).lines().values().stream().mapToLong(List::size).sum());
  }

  /** The records of one signal. */
  public Lake lake(Signal signal) {
    return new Lake(aws.s3(), place(signal).bucket());
  }

  private Signals.Place place(Signal signal) {
    return settings.resources().signals().find(signal).orElseThrow();
  }

  public DeadLetterQueue deadLetters() {
    return new DeadLetterQueue(aws.sqs(), settings.resources().deadLetterQueue());
  }

  public HttpResponse<String> post(String path, String type, String body)
      throws IOException, InterruptedException {
    return post(path, type, body.getBytes(UTF_8));
  }

  public HttpResponse<String> post(String path, String type, byte[] body)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + app.endpoints().ingest() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** Asks the dashboard's port. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + app.endpoints().dashboard() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** Asks the dashboard's port; with a body it is a POST. */
  public HttpResponse<String> dashboard(String path, @Nullable String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (body != null) {
      request.POST(BodyPublishers.ofString(body));
    }
    return dashboard(request, path);
  }

  /** Sends a request to the dashboard's port. */
  public HttpResponse<String> dashboard(HttpRequest.Builder request, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + app.endpoints().dashboard() + path);
    return http.send(request.uri(uri).build(), BodyHandlers.ofString());
  }

  /** Posts records and answers with the status. */
  public int ingest(String body) throws IOException, InterruptedException {
    return post("/api/ingest", "application/json", body).statusCode();
  }

  /** Puts one Kinesis record past the intake and answers with its sequence number. */
  public String putOnStream(String data) {
    return putOnStream(data.getBytes(UTF_8));
  }

  public String putOnStream(byte[] data) {
    return putOnStream(Signal.LOGS, data);
  }

  /** Puts one record on the stream of a signal. */
  public String putOnStream(Signal signal, String data) {
    return putOnStream(signal, data.getBytes(UTF_8));
  }

  private String putOnStream(Signal signal, byte[] data) {
    return aws.kinesis()
        .putRecord(
            put ->
                put.streamName(place(signal).stream())
                    .partitionKey("key")
                    .data(SdkBytes.fromByteArray(data)))
        .sequenceNumber();
  }

  private AwsClients clients() {
    String region = settings.aws().region();
    AwsClients clients =
        settings.aws().cloud() == Cloud.EMBEDDED
            ? AwsClients.ofEmbedded(
                URI.create("http://localhost:" + app.endpoints().localCloud()), region)
            : AwsClients.of(settings.aws().endpointUrl().orElseThrow(), region, true, true);
    return settings
        .kafka()
        .map(kafka -> clients.withStreamsOf(new KinesisOverKafka(kafka)))
        .orElse(clients);
  }

  @Override
  public void close() {
    aws.close();
    app.close();
  }
}
