package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.collect.Sets;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import routes.AwsCalls.Permission;
import routes.cloud.AwsClients;
import routes.cloud.Resources;
import routes.ledger.Arrivals;
import routes.ledger.ReceiptStore;
import routes.local.Clouds;
import routes.local.LocalCloud;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The permissions that Terraform gives each role are those it needs: the calls the app makes of AWS
 * while it starts, works, meets what is there already and stops.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class PermissionsTest {

  /** As {@code permissions.yaml} has it. */
  public record Grant(String action, String resource, String why) {
    public Permission permission() {
      return new Permission(action, resource);
    }
  }

  private static final File FILE = new File("infra/modules/definitions/permissions.yaml");
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String RECORD =
      "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"web\",\"record_id\":\"%s\"}";

  private final Map<String, List<Grant>> grants;
  private Path folder;
  private LocalCloud cloud;
  private AwsClients aws;

  public PermissionsTest() throws IOException {
    grants = new YAMLMapper().readValue(FILE, new TypeReference<>() {});
  }

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    cloud = Clouds.start(folder.resolve("data"), 0);
    aws = Clouds.clientsOf(cloud);
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterAll
  void stop() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    aws.close();
    cloud.close();
  }

  @Test
  void every_permission_says_why() {
    assertThat(grants.values())
        .flatExtracting(role -> role)
        .allSatisfy(grant -> assertThat(grant.why()).isNotBlank());
  }

  @Test
  void creating_takes_what_is_granted_for_it() {
    AwsCalls.forget();
    new Resources(aws.kinesis(), aws.s3(), aws.sqs()).ensure(settings("all", "create").resources());

    assertThat(AwsCalls.seen()).isEqualTo(granted("create"));
  }

  @Test
  void an_intake_takes_what_is_granted_to_it() throws Exception {
    Settings settings = settings("intake", "intake");
    new Resources(aws.kinesis(), aws.s3(), aws.sqs()).ensure(settings.resources());

    AwsCalls.forget();
    try (CamelApp app = CamelApp.start(settings)) {
      post(app.endpoints().ingest(), RECORD.formatted("http"));
      drop(RECORD.formatted("file") + "\npoison\n" + "large poison".repeat(100_000));
      lookAt(app);
      awaitCalls("intake");
    }

    assertThat(AwsCalls.seen()).isEqualTo(granted("intake"));
  }

  @Test
  void a_delivering_worker_takes_what_is_granted_to_it() throws Exception {
    Settings settings = settings("deliver", "deliver");
    new Resources(aws.kinesis(), aws.s3(), aws.sqs()).ensure(settings.resources());
    put(settings, RECORD.formatted("good").getBytes(UTF_8));
    put(settings, "poison".getBytes(UTF_8));
    put(settings, new byte[900_000]);
    new ReceiptStore(aws.s3(), settings.resources().state())
        .save("deliver", ReceiptStore.day(Arrivals.hour(Instant.now())), "{}".getBytes(UTF_8));

    AwsCalls.forget();
    try (CamelApp app = CamelApp.start(settings)) {
      await().atMost(SOON).until(() -> !objects("deliver-lake/service=web").isEmpty());
      lookAt(app);
      assertThat(dashboard(app, HttpRequest.newBuilder(), "/api/audit")).isEqualTo(200);
    }
    loseCheckpoints();
    try (CamelApp app = CamelApp.start(settings)) {
      lookAt(app);
      awaitCalls("deliver");
    }

    assertThat(AwsCalls.seen()).isEqualTo(granted("deliver"));
  }

  @Test
  void errors_take_what_is_granted_for_them() throws Exception {
    Map<String, String> creating =
        Map.of("ERRORS_LOG_GROUP", "/lake/errors", "CREATE_RESOURCES", "true");
    Settings settings = settings("deliver", "errors", creating);
    new Resources(aws.kinesis(), aws.s3(), aws.sqs()).ensure(settings.resources());
    put(settings, RECORD.replace("}", ",\"level\":\"error\"}").formatted("bad").getBytes(UTF_8));
    AwsCalls.forget();
    try (CamelApp app = CamelApp.start(settings)) {
      lookAt(app);
      awaitCalls("errors");
    }

    Set<Permission> others = Sets.union(granted("deliver"), granted("create"));
    assertThat(Sets.difference(AwsCalls.seen(), others))
        .isEqualTo(Sets.union(granted("errors"), granted("create-errors")));
  }

  @Test
  void dead_letters_take_what_is_granted_for_them() throws Exception {
    Settings settings = settings("intake", "letters", Map.of("DASHBOARD_TOKEN", "token"));
    new Resources(aws.kinesis(), aws.s3(), aws.sqs()).ensure(settings.resources());
    String queue = aws.sqs().getQueueUrl(r -> r.queueName("letters")).queueUrl();
    Set<Permission> before;
    AwsCalls.forget();
    try (CamelApp app = CamelApp.start(settings)) {
      drop("\"".repeat(600_000) + "\n{\"service\":\"web\"}\n");
      await()
          .atMost(SOON)
          .until(
              () ->
                  aws.sqs()
                      .getQueueAttributes(
                          r -> r.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                      .attributes()
                      .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
                      .equals("2"));
      before = AwsCalls.seen();
      AwsCalls.forget();
      int port = app.endpoints().dashboard();
      assertThat(deadLetters(port, "", "GET", "")).contains("not-an-object");
      String timed = "{\"all\":true,\"set\":{\"timestamp\":\"2024-03-01T10:00:00Z\"}}";
      assertThat(deadLetters(port, "/replay", "POST", timed))
          .contains("\"replayed\":1", "\"invalid\":1");
      assertThat(deadLetters(port, "/discard", "POST", "{\"all\":true}"))
          .contains("\"discarded\":1");
    }

    assertThat(granted("dead-letters")).containsAll(AwsCalls.seen());
    // The app has looked at the queue by itself before, and asks for its URL once.
    assertThat(Sets.union(before, AwsCalls.seen())).containsAll(granted("dead-letters"));
  }

  @Test
  void the_dashboard_takes_what_is_granted_for_it() throws Exception {
    Settings settings = settings("intake", "dashboard", Map.of("DASHBOARD_TOKEN", "token"));
    new Resources(aws.kinesis(), aws.s3(), aws.sqs()).ensure(settings.resources());
    String object = "service=web/year=2024/month=03/day=01/hour=10/part-1.jsonl";
    aws.s3()
        .putObject(
            put -> put.bucket(settings.resources().lake()).key(object),
            RequestBody.fromString(RECORD.formatted("lake") + "\n"));

    try (CamelApp app = CamelApp.start(settings)) {
      AwsCalls.forget();
      for (String path :
          List.of(
              "/health",
              "/api/stats/summary",
              "/api/stats/series",
              "/api/routes",
              "/api/routes/ingest",
              "/api/kinesis/streams",
              "/api/kinesis/stream/dashboard",
              "/api/kinesis/stream/dashboard/shards",
              "/api/kinesis/stream/dashboard/metrics",
              "/api/kinesis/stream/dashboard/records?shard=shardId-000000000000",
              "/api/kinesis/stream/dashboard/keys",
              "/api/s3/buckets",
              "/api/s3/bucket/dashboard-lake/objects",
              "/api/s3/bucket/dashboard-lake/services",
              "/api/s3/bucket/dashboard-lake/partitions",
              "/api/s3/bucket/dashboard-lake/download?service=web",
              "/api/s3/object/dashboard-lake/" + object,
              "/api/logs/search?service=web&from=2024-03-01T10:00:00Z&to=2024-03-01T11:00:00Z")) {
        assertThat(dashboard(app, HttpRequest.newBuilder(), path)).as(path).isEqualTo(200);
      }
      BodyPublisher record = BodyPublishers.ofString("{\"data\":\"{}\"}");
      assertThat(
              dashboard(
                  app,
                  HttpRequest.newBuilder().POST(record),
                  "/api/kinesis/stream/dashboard/records"))
          .isEqualTo(200);
      awaitCalls("dashboard");
    }

    // With a token the app looks at the dead letters by itself, now and then.
    assertThat(Sets.difference(AwsCalls.seen(), granted("dead-letters")))
        .isEqualTo(Sets.difference(granted("dashboard"), granted("dead-letters")));
  }

  private static int dashboard(CamelApp app, HttpRequest.Builder request, String path)
      throws Exception {
    URI uri = URI.create("http://localhost:" + app.endpoints().dashboard() + path);
    return HttpClient.newHttpClient()
        .send(
            request
                .uri(uri)
                .header("Authorization", "Bearer token")
                .header("Content-Type", "application/json")
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private static String deadLetters(int port, String path, String method, String body)
      throws Exception {
    URI uri = URI.create("http://localhost:" + port + "/api/dead-letters" + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer token")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private Set<Permission> granted(String role) {
    return grants.get(role).stream().map(Grant::permission).collect(toSet());
  }

  private void awaitCalls(String role) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(AwsCalls.seen()).containsAll(granted(role)));
  }

  private Settings settings(String role, String name) {
    return settings(role, name, Map.of());
  }

  private Settings settings(String role, String name, Map<String, String> more) {
    Map<String, String> env =
        new HashMap<>(
            Map.of(
                "ROLE",
                role,
                "AWS_ENDPOINT_URL",
                cloud.endpoint().toString(),
                "INGEST_PORT",
                "0",
                "DASHBOARD_PORT",
                "0",
                "INBOX_DIR",
                folder.resolve("inbox").toString(),
                "FLUSH_INTERVAL_MS",
                "200",
                "KINESIS_STREAM_NAME",
                name,
                "TARGET_BUCKET",
                name + "-lake",
                "STATE_BUCKET",
                name + "-state",
                "DLQ_QUEUE_NAME",
                name));
    env.put("OTLP_GRPC_PORT", "0");
    env.putAll(more);
    return Settings.load(env);
  }

  private void put(Settings settings, byte[] data) {
    aws.kinesis()
        .putRecord(
            put ->
                put.streamName(settings.resources().stream())
                    .partitionKey("key")
                    .data(SdkBytes.fromByteArray(data)));
  }

  private void drop(String lines) throws IOException {
    Files.writeString(folder.resolve("inbox/new.jsonl"), lines);
  }

  private List<Path> objects(String prefix) throws IOException {
    Path at = folder.resolve("data/s3").resolve(prefix);
    if (!Files.isDirectory(at)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(at)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Delivery then begins at the oldest record and finds its own objects. */
  private void loseCheckpoints() throws IOException {
    for (Path checkpoint : objects("deliver-state")) {
      Files.delete(checkpoint);
    }
  }

  /** What operators and probes look at. */
  private static void lookAt(CamelApp app) throws Exception {
    for (String path : List.of("/observe/health", "/observe/metrics")) {
      URI uri = URI.create("http://localhost:" + app.endpoints().dashboard() + path);
      HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
    }
  }

  private static void post(int port, String body) throws Exception {
    URI uri = URI.create("http://localhost:" + port + "/api/ingest");
    HttpRequest request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }
}
