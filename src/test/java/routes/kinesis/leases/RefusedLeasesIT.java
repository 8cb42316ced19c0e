package routes.kinesis.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.AwsClients;
import routes.cloud.Resources;
import routes.local.Clouds;
import routes.local.LocalCloud;
import routes.retry.Attempt;

/** Whatever DynamoDB denies a worker, the worker says which call that is, and goes on after it. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "DynamoDB Local comes with native code for Linux on x86-64")
class RefusedLeasesIT {

  private static final Duration LATER = Duration.ofMinutes(2);

  /** Those without which a worker on new tables gets nothing. */
  private static final List<String> OPERATIONS =
      List.of(
          "DescribeTable", "CreateTable", "UpdateTable", "Scan", "PutItem", "UpdateItem", "Query");

  private final Map<String, StreamLeases> workers = new LinkedHashMap<>();
  private LocalCloud cloud;
  private AwsClients aws;
  private DynamoDb dynamoDb;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    cloud = Clouds.start(data, 0);
    aws = Clouds.clientsOf(cloud);
    new Resources(aws.kinesis(), aws.s3(), aws.sqs()).ensureStream("logs", 1);
    dynamoDb = new DynamoDb();
  }

  @AfterEach
  void stop() {
    workers.values().forEach(StreamLeases::close);
    dynamoDb.close();
    aws.close();
    cloud.close();
  }

  @Test
  void a_denied_call_is_named_with_its_reason_and_forgotten_once_it_is_granted() {
    for (String operation : OPERATIONS) {
      dynamoDb.refuse(operation, "app-" + operation, true);
      StreamLeases worker =
          new StreamLeases(
              aws.forLeases(dynamoDb.endpoint()),
              new LeaseOptions(
                  "logs", "app-" + operation, Duration.ofSeconds(2), Duration.ofSeconds(1), false));
      workers.put(operation, worker);
      worker.start();
    }

    // Some are called only after the tables before them are there, which the library looks for
    // every ten seconds.
    await().atMost(LATER).untilAsserted(() -> assertThat(silent()).isEmpty());
    assertThat(held("Scan")).isEmpty();

    OPERATIONS.forEach(operation -> dynamoDb.refuse(operation, "app-" + operation, false));

    await()
        .atMost(LATER)
        .untilAsserted(
            () ->
                assertThat(OPERATIONS)
                    .allSatisfy(
                        operation -> {
                          assertThat(held(operation)).hasSize(1);
                          assertThat(failing(operation)).isEmpty();
                        }));
  }

  /** The operations that are denied and not named. */
  private List<String> silent() {
    List<String> silent = new ArrayList<>();
    for (String operation : OPERATIONS) {
      boolean named =
          failing(operation).stream()
              .anyMatch(
                  attempt ->
                      attempt.what().startsWith("call dynamodb:" + operation + " on app-")
                          && String.valueOf(attempt.failure())
                              .contains("no " + operation + " for you"));
      if (!named) {
        silent.add(operation + ": " + failing(operation));
      }
    }
    return silent;
  }

  private List<Attempt> failing(String operation) {
    return workers.get(operation).assignment().failing();
  }

  private Set<String> held(String operation) {
    return workers.get(operation).assignment().shards("logs").orElseThrow();
  }
}
