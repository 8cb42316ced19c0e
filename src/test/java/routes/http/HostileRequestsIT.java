package routes.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.AppProcess;
import routes.Lake;
import routes.cloud.AwsClients;

/**
 * The packaged app with a small heap, and requests that are made to become too much for it: each is
 * answered, the process lives, and the small requests beside them are taken and in the lake.
 *
 * <p>{@code -Dhostile.minutes} has the mix last so long, {@code -Dhostile.seed} repeats one.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileRequestsIT {

  private static final int MAX_BODY = 20 << 20;
  private static final int ROUNDS = 6;
  private static final int AT_ONCE = 20;

  /** A fraction of a body and how much more CPU time the whole may take: not its square. */
  private static final int FRACTION = 8;

  private static final int MAX_RATIO = 3 * FRACTION;

  /** Compiling, collecting garbage and delivering go on beside. */
  private static final Duration UNRELATED = Duration.ofSeconds(3);

  private static final Duration ANSWERED = Duration.ofMinutes(2);
  private static final Duration DELIVERED = Duration.ofMinutes(5);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final List<String> TAKEN = new ArrayList<>();

  private static AppProcess app;
  private static AwsClients aws;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    int cloudPort;
    try (ServerSocket free = new ServerSocket(0)) {
      cloudPort = free.getLocalPort();
    }
    app =
        new AppProcess(
            folder,
            Map.of("LOCAL_CLOUD_PORT", Integer.toString(cloudPort), "FLUSH_INTERVAL_MS", "2000"),
            List.of(
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                Path.of("target", "camel-app.jar").toAbsolutePath().toString()));
    URI unused = app.intake(); // Waits for the start.
    aws = AwsClients.ofEmbedded(URI.create("http://localhost:" + cloudPort), "us-east-1");
  }

  @AfterAll
  static void stop() {
    aws.close();
    app.close();
  }

  @ParameterizedTest
  @EnumSource
  @Order(1)
  void takes_time_in_proportion_to_its_size(HostileBody shape) throws Exception {
    Duration some = cpuOf(shape, MAX_BODY / FRACTION);
    Duration all = cpuOf(shape, MAX_BODY);

    assertThat(all).isLessThan(some.multipliedBy(MAX_RATIO).plus(UNRELATED));
    sendNeighbour();
  }

  @Test
  @Order(2)
  void many_at_once_in_any_mix() throws Exception {
    long seed = Long.getLong("hostile.seed", System.nanoTime());
    System.out.println("-Dhostile.seed=" + seed);
    Random random = new Random(seed);
    long end = System.nanoTime() + Duration.ofMinutes(Long.getLong("hostile.minutes", 0)).toNanos();
    for (int round = 0; round < ROUNDS || System.nanoTime() < end; round++) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        answers.add(sendAny(random));
      }
      sendNeighbour();
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        requireAnswer(answer.get());
      }
    }
  }

  @Test
  @Order(3)
  void what_was_taken_beside_them_is_in_the_lake() {
    Lake lake = new Lake(aws.s3(), "md-raw-logs");

    await()
        .atMost(DELIVERED)
        .untilAsserted(
            () ->
                assertThat(lake.linesOf("neighbour").values().stream().flatMap(List::stream))
                    .containsExactlyInAnyOrderElementsOf(TAKEN));
    assertThat(app.handle().isAlive()).isTrue();
  }

  private static Duration cpuOf(HostileBody shape, int length) throws Exception {
    HostileBody.Encoding encoding = shape.smallest();
    byte[] body = encoding.encode(shape.bytes(length - shape.extraBytes()));
    Duration before = cpu();
    requireAnswer(post(shape.path(), shape.type(), encoding.header(), body).get());
    return cpu().minus(before);
  }

  private static Duration cpu() {
    return app.handle()
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new AssertionError("The process is gone"));
  }

  private static CompletableFuture<HttpResponse<String>> sendAny(Random random) {
    HostileBody[] shapes = HostileBody.values();
    HostileBody shape = shapes[random.nextInt(shapes.length)];
    HostileBody.Encoding encoding = shape.encoding(random);
    // As often between 1 and 2 KB as between 10 and 20 MB.
    int length = (int) Math.min(MAX_BODY, 1024 * Math.pow(2, random.nextDouble() * 15));
    byte[] body = encoding.encode(shape.bytes(Math.max(1, length - shape.extraBytes())));
    return post(shape.path(), shape.type(), encoding.header(), body);
  }

  private static void requireAnswer(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isIn(200, 202, 204, 400, 413, 429, 503);
    if (answer.statusCode() == 429 || answer.statusCode() == 503) {
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
    assertThat(answer.body()).doesNotContain("Something failed here");
  }

  /** As a shipper would: again while it is told to come back. */
  private static void sendNeighbour() {
    String record =
        "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"neighbour\",\"record_id\":\"%d\"}"
            .formatted(TAKEN.size());
    await()
        .atMost(ANSWERED)
        .until(
            () ->
                post("/api/ingest", "application/json", "identity", record.getBytes(UTF_8))
                        .get()
                        .statusCode()
                    == 200);
    TAKEN.add(record);
  }

  private static CompletableFuture<HttpResponse<String>> post(
      String path, String type, String encoding, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(app.intake().resolve(path))
            .timeout(ANSWERED)
            .header("Content-Type", type)
            .header("Content-Encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return HTTP.sendAsync(request, BodyHandlers.ofString());
  }
}
