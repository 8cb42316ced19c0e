package routes.kinesis.leases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import routes.AnyCredentials;
import routes.AwsCalls;
import routes.AwsCalls.Permission;
import routes.CamelApp;
import routes.Lake;
import routes.PermissionsTest;
import routes.Settings;
import routes.ShardReads;
import routes.cloud.AwsClients;
import routes.cloud.LeaseClients;
import routes.cloud.Resources;
import routes.local.Clouds;
import routes.local.LocalCloud;
import routes.signal.Signal;
import software.amazon.awssdk.core.SdkBytes;

/** Two workers share a stream, one after the other; {@code KclIT} has three and what can befall. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "DynamoDB Local comes with native code for Linux on x86-64")
class SharedStreamIT {

  private static final Duration SOON = Duration.ofMinutes(3);
  private static final File PERMISSIONS = new File("infra/modules/definitions/permissions.yaml");

  private LocalCloud cloud;
  private AwsClients aws;
  private DynamoDb dynamoDb;
  private LeaseClients clients;
  private LeaseTable leases;
  private Settings settings;
  private Lake lake;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    AnyCredentials.set();
    cloud = Clouds.start(data, 0);
    aws = Clouds.clientsOf(cloud);
    dynamoDb = new DynamoDb();
    clients = aws.forLeases(dynamoDb.endpoint());
    leases = new LeaseTable(clients, Signal.LOGS);
    settings =
        Settings.load(
            Map.of(
                "ROLE", "deliver",
                "AWS_ENDPOINT_URL", cloud.endpoint().toString(),
                "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.endpoint().toString(),
                "SHARD_COORDINATION", "kcl",
                "KINESIS_SHARD_COUNT", "2",
                "FLUSH_INTERVAL_MS", "3600000",
                "FLUSH_MAX_RECORDS", "2",
                "DASHBOARD_PORT", "0"));
    lake = new Lake(aws.s3(), settings.resources().lake());
    new Resources(aws.kinesis(), aws.s3(), aws.sqs()).ensure(settings.resources());
    for (Signal signal : Signal.values()) {
      new LeaseTable(clients, signal).create();
    }
  }

  @AfterEach
  void stop() {
    clients.close();
    dynamoDb.close();
    aws.close();
    cloud.close();
    AnyCredentials.clear();
  }

  @Test
  void a_worker_that_stops_leaves_everything_to_the_next_and_takes_what_is_granted_for_that()
      throws Exception {
    send("open", 1);
    send("full", 1);
    send("full", 2);
    AwsCalls.forget();
    workUntilFullHas(2);
    Set<Permission> calls = AwsCalls.seen();

    assertThat(leases.owners(shards())).isEmpty();
    assertThat(lines("open")).containsExactly(ShardReads.line("open", 1));

    send("full", 3);
    send("full", 4);
    workUntilFullHas(4);

    assertThat(lines("open")).containsExactly(ShardReads.line("open", 1));
    assertThat(lines("full"))
        .containsExactly(
            ShardReads.line("full", 1),
            ShardReads.line("full", 2),
            ShardReads.line("full", 3),
            ShardReads.line("full", 4));
    assertThat(of("dynamodb", calls)).isEqualTo(granted("share"));
    assertThat(granted("deliver")).containsAll(of("kinesis", calls));
  }

  @Test
  void a_worker_starts_and_stops_while_the_lease_table_is_out_of_reach_and_is_not_ready()
      throws Exception {
    dynamoDb.fail(true);
    CamelApp worker = CamelApp.start(settings);
    try {
      assertThat(readiness(worker).statusCode()).isEqualTo(503);
      assertThat(readiness(worker).body()).contains("\"leases\"");
    } finally {
      worker.close();
    }
  }

  @Test
  void a_worker_that_is_denied_the_leases_says_so_with_what_waits_and_goes_on_once_it_is_not()
      throws Exception {
    dynamoDb.refuse("Scan", "", true);
    send("full", 1);
    send("full", 2);
    CamelApp worker = CamelApp.start(settings);
    try {
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(
              () -> {
                HttpResponse<String> ready = readiness(worker);
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body())
                    .contains("Cannot call dynamodb:Scan on ", "no Scan for you")
                    .containsPattern("No shard is read here; shardId-\\d+ is [1-9]\\d* s behind");
              });

      dynamoDb.refuse("Scan", "", false);

      await().atMost(SOON).until(() -> lines("full").size() == 2);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(readiness(worker).statusCode()).isEqualTo(200));
    } finally {
      worker.close();
    }
  }

  private static HttpResponse<String> readiness(CamelApp worker) throws Exception {
    URI uri =
        URI.create(
            "http://localhost:%d/observe/health/ready".formatted(worker.endpoints().dashboard()));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private void workUntilFullHas(int lines) throws Exception {
    CamelApp worker = CamelApp.start(settings);
    try {
      await().atMost(SOON).until(() -> lines("full").size() == lines);
    } finally {
      worker.close();
    }
  }

  private List<String> lines(String service) {
    return lake.linesOf(service).getOrDefault(ShardReads.PARTITION.formatted(service), List.of());
  }

  private List<String> shards() {
    return aws
        .kinesis()
        .listShards(list -> list.streamName(settings.resources().stream()))
        .shards()
        .stream()
        .map(shard -> shard.shardId())
        .toList();
  }

  private void send(String service, int number) {
    aws.kinesis()
        .putRecord(
            put ->
                put.streamName(settings.resources().stream())
                    .partitionKey(service)
                    .data(SdkBytes.fromString(ShardReads.line(service, number), UTF_8)));
  }

  private static Set<Permission> of(String service, Set<Permission> calls) {
    return calls.stream().filter(call -> call.action().startsWith(service + ":")).collect(toSet());
  }

  private static Set<Permission> granted(String section) throws IOException {
    Map<String, List<PermissionsTest.Grant>> grants =
        new YAMLMapper().readValue(PERMISSIONS, new TypeReference<>() {});
    return grants.get(section).stream().map(PermissionsTest.Grant::permission).collect(toSet());
  }
}
