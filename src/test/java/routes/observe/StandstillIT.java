package routes.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.AnyCredentials;
import routes.RunningApp;
import routes.local.Clouds;
import routes.local.LocalCloud;
import routes.observe.ScriptedCloud.Refusal;

/**
 * Nothing stands still in silence: whatever the cloud refuses, the readiness check says within half
 * a minute what it is and why, and is up again once it is granted, with nothing lost.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandstillIT {

  private static final Duration TOLD = Duration.ofSeconds(30);
  private static final Duration MENDED = Duration.ofSeconds(60);
  private static final String PAGE = "<html><body>Please log in</body></html>";

  /** What is refused, and what of it the readiness check says. */
  record Standstill(Refusal refusal, List<String> told) {
    @Override
    public String toString() {
      return "%s with %d".formatted(refusal.call(), refusal.status());
    }
  }

  private final AtomicInteger sent = new AtomicInteger();
  private LocalCloud real;
  private ScriptedCloud cloud;
  private RunningApp app;
  private Path inbox;

  static List<Standstill> standstills() {
    return List.of(
        new Standstill(
            Refusal.json("Kinesis_20131202.GetRecords", "KMSAccessDeniedException"),
            List.of("Cannot read stage01-logs-stream", "as told")),
        new Standstill(
            Refusal.json("Kinesis_20131202.ListShards", "AccessDeniedException"),
            List.of("Cannot assign the shards of stage01-logs-stream", "as told")),
        new Standstill(
            Refusal.json("Kinesis_20131202.DescribeStreamSummary", "ResourceNotFoundException"),
            List.of("\"kinesis\"", "Cannot assign the shards of stage01-logs-stream", "as told")),
        new Standstill(
            Refusal.json("Kinesis_20131202.PutRecords", "KMSDisabledException"),
            List.of("\"intake\"", "as told")),
        new Standstill(
            Refusal.s3("PUT /md-raw-logs/service", "AccessDenied"),
            List.of("Cannot put an object into service=", "as told")),
        new Standstill(
            Refusal.s3("PUT /md-raw-logs/service", "KMS.DisabledException"),
            List.of("Cannot put an object into service=", "as told")),
        new Standstill(
            new Refusal("PUT /md-raw-logs/service", 200, PAGE),
            List.of("Cannot put an object into service=", "is not S3's")),
        new Standstill(
            new Refusal("PUT /md-raw-logs/service", 502, PAGE),
            List.of("Cannot put an object into service=", "502")),
        new Standstill(
            new Refusal("PUT /md-ingest-state/checkpoints", 200, PAGE),
            List.of("Cannot save the checkpoint of stage01-logs-stream", "is not S3's")),
        new Standstill(new Refusal("HEAD /md-raw-logs", 502, PAGE), List.of("\"lake\"", "502")),
        new Standstill(
            Refusal.s3("PUT /md-ingest-state/checkpoints", "KMS.DisabledException"),
            List.of("Cannot save the checkpoint of stage01-logs-stream", "as told")),
        new Standstill(Refusal.s3("HEAD /md-raw-logs", "AccessDenied"), List.of("\"lake\"", "403")),
        new Standstill(
            Refusal.json("AmazonSQS.SendMessage", "KmsAccessDenied"),
            List.of("Cannot deliver from stage01-logs-stream", "as told")),
        new Standstill(
            Refusal.json("AmazonSQS.GetQueueUrl", "AccessDeniedException"),
            List.of("\"sqs\"", "as told")));
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    AnyCredentials.set();
    inbox = folder.resolve("inbox");
    System.setProperty("aws.cborEnabled", "false");
    real = Clouds.start(folder.resolve("data"), 0);
    cloud = new ScriptedCloud(real.endpoint());
    cloud.stripConditions();
    app =
        RunningApp.start(
            Map.of(
                "AWS_ENDPOINT_URL", cloud.endpoint().toString(),
                "CREATE_RESOURCES", "true",
                "INBOX_DIR", inbox.toString(),
                "FLUSH_INTERVAL_MS", "300",
                "CHECKPOINT_INTERVAL_MS", "200"));
    // Asked at the start, and then seldom.
    await().atMost(TOLD).untilAsserted(() -> assertNotReady("S3 ignores If-None-Match"));
  }

  @AfterAll
  void stop() {
    cloud.behave();
    app.close();
    cloud.close();
    real.close();
    System.clearProperty("aws.cborEnabled");
    AnyCredentials.clear();
  }

  @ParameterizedTest
  @MethodSource("standstills")
  void what_is_refused_is_told_with_its_reason_until_it_is_granted(Standstill standstill)
      throws Exception {
    cloud.behave();
    awaitDelivery();

    cloud.refuse(standstill.refusal());
    await()
        .atMost(TOLD)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              app.ingest(record());
              app.putOnStream("no record");
              assertNotReady(standstill.told().toArray(String[]::new));
            });

    cloud.behave();
    awaitDelivery();
  }

  @Test
  void an_inbox_that_cannot_be_read_is_told_until_it_can_and_keeps_nothing_else() throws Exception {
    cloud.behave();
    awaitDelivery();
    Files.move(inbox, inbox.resolveSibling("away"));
    Files.createFile(inbox);
    await()
        .atMost(TOLD)
        .untilAsserted(
            () ->
                assertThat(app.get("/observe/health/ready?data=true").body())
                    .contains("\"standstill\""));
    awaitDelivery();

    Files.delete(inbox);
    Files.move(inbox.resolveSibling("away"), inbox);
    await()
        .atMost(MENDED)
        .untilAsserted(
            () ->
                assertThat(app.get("/observe/health/ready?data=true").body())
                    .doesNotContain("\"standstill\""));
  }

  @Test
  void receipts_that_cannot_be_written_are_told_until_they_can_and_keep_nothing_else()
      throws Exception {
    cloud.behave();
    awaitDelivery();

    cloud.refuse(Refusal.s3("PUT /md-ingest-state/receipts", "AccessDenied"));
    awaitDelivery();
    await()
        .atMost(TOLD)
        .untilAsserted(
            () -> {
              HttpResponse<String> ready = app.get("/observe/health/ready?data=true");
              assertThat(ready.statusCode()).isEqualTo(200);
              assertThat(ready.body())
                  .contains(
                      "cannot write down what Kinesis has acknowledged for",
                      "as told",
                      "s3:PutObject on receipts");
              assertThat(receiptsBlocked()).isPositive();
            });
    awaitDelivery();

    cloud.behave();
    await()
        .atMost(MENDED)
        .untilAsserted(
            () -> {
              assertThat(app.get("/observe/health/ready?data=true").body())
                  .doesNotContain("s3:PutObject");
              assertThat(receiptsBlocked()).isZero();
            });
  }

  private double receiptsBlocked() throws Exception {
    return app.get("/observe/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("publish_receipts_blocked_seconds"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void awaitDelivery() {
    await().atMost(MENDED).untilAsserted(() -> assertThat(app.ingest(record())).isEqualTo(200));
    int records = sent.get();
    await()
        .atMost(MENDED)
        .untilAsserted(
            () -> {
              HttpResponse<String> ready = app.get("/observe/health/ready");
              assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
              assertThat(
                      app.lake().linesOf("a").values().stream()
                          .flatMap(List::stream)
                          .anyMatch(
                              line -> line.contains("\"record_id\":\"%d\"".formatted(records))))
                  .isTrue();
            });
  }

  private void assertNotReady(String... told) throws Exception {
    HttpResponse<String> ready = app.get("/observe/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains(told);
  }

  private String record() {
    return "{\"timestamp\":\"2026-11-20T10:00:00Z\",\"service\":\"a\",\"record_id\":\"%d\"}\n"
        .formatted(sent.incrementAndGet());
  }
}
