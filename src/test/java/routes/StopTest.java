package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.AwsClients;
import routes.local.Clouds;

class StopTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PARTITION = "service=%s/year=2024/month=03/day=01/hour=10";

  @TempDir Path directory;

  @Test
  void a_terminated_process_flushes_what_is_open_and_ends_within_ten_seconds() throws Exception {
    Map<String, String> env = Map.of("FLUSH_INTERVAL_MS", "3600000", "FLUSH_MAX_RECORDS", "2");
    try (AppProcess process = new AppProcess(directory, env)) {
      post(process.intake(), line("open", 1));
      post(process.intake(), line("full", 1) + "\n" + line("full", 2));
      Path full = directory.resolve("data/s3/md-raw-logs").resolve(PARTITION.formatted("full"));
      await().atMost(SOON).until(() -> Files.isDirectory(full));

      process.terminate();

      assertThat(process.exitCode(10)).isEqualTo(143);
    }
    try (var cloud = Clouds.start(directory.resolve("data"), 0);
        AwsClients clients = Clouds.clientsOf(cloud)) {
      assertThat(new Lake(clients.s3(), "md-raw-logs").lines())
          .isEqualTo(
              Map.of(
                  PARTITION.formatted("open"), List.of(line("open", 1)),
                  PARTITION.formatted("full"), List.of(line("full", 1), line("full", 2))));
    }
  }

  private static String line(String service, int number) {
    return "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"%s\",\"record_id\":\"%d\"}"
        .formatted(service, number);
  }

  private static void post(URI intake, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(intake)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }
}
