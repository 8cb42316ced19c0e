package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged jar where people write numbers, letters, years and files otherwise. */
class LocaleIT {

  private static final Duration DELIVERED = Duration.ofSeconds(60);
  private static final String SENT = "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"%s\"";
  private static final String SERVICE = "İstanbul-خدمت-é";
  private static final String FROM_FILE =
      SENT.formatted("file") + ",\"message\":\"فارسی ıI\",\"record_id\":\"1\"}";
  private static final String FROM_HTTP =
      SENT.formatted(SERVICE) + ",\"message\":\"ไทย é\",\"record_id\":\"2\"}";

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=fa -Duser.country=IR",
        "-Duser.language=tr -Duser.country=TR",
        "-Duser.language=ar -Duser.country=EG -Duser.extensions=nu-arab",
        "-Duser.language=th -Duser.country=TH -Duser.extensions=ca-buddhist-nu-thai",
        "LC_ALL=POSIX"
      })
  void it_takes_delivers_and_shows_the_same_everywhere(String where) throws Exception {
    Path inbox = Files.createDirectories(home.resolve("inbox"));
    // By a shell, for this JVM may not know how to write the name down.
    byte[] name = "é-فا.jsonl".getBytes(StandardCharsets.UTF_8);
    Files.writeString(inbox.resolve("plain.jsonl"), FROM_FILE + "\n");
    rename(inbox.resolve("plain.jsonl"), name);
    Map<String, String> env =
        new HashMap<>(
            Map.of(
                "DATA_DIR",
                home.resolve("data").toString(),
                "INBOX_DIR",
                inbox.toString(),
                "INBOX_FINISHED_AFTER_MS",
                "500",
                "FLUSH_INTERVAL_MS",
                "500"));
    List<String> java = new ArrayList<>(List.of("-Xmx256m"));
    if (where.startsWith("-D")) {
      java.addAll(List.of(where.split(" ")));
    } else {
      env.put("LC_ALL", where.substring(where.indexOf('=') + 1));
    }
    java.addAll(List.of("-jar", Path.of("target/camel-app.jar").toAbsolutePath().toString()));
    try (AppProcess app = new AppProcess(home, env, java)) {
      assertThat(post(app.intake(), FROM_HTTP)).isEqualTo(200);
      Path lake = home.resolve("data/s3/md-raw-logs");
      await().atMost(DELIVERED).until(() -> linesOf(lake).size() == 2);

      assertThat(linesOf(lake)).containsExactlyInAnyOrder(FROM_FILE, FROM_HTTP);
      assertThat(partitionsOf(lake))
          .containsExactlyInAnyOrder(
              "service=file/year=2024/month=03/day=01/hour=10",
              "service="
                  + URLEncoder.encode(SERVICE, StandardCharsets.UTF_8)
                  + "/year=2024/month=03/day=01/hour=10");
      URI dashboard = app.health();
      for (String path :
          List.of(
              "/",
              "/observe/health",
              "/observe/metrics",
              "/api/stats/summary",
              "/api/stats/series",
              "/api/routes",
              "/api/kinesis/streams",
              "/api/kinesis/stream/stage01-logs-stream/shards",
              "/api/s3/bucket/md-raw-logs/services",
              "/api/dead-letters")) {
        HttpResponse<String> answer = get(dashboard.resolve(path));
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.body()).as(path).doesNotContainPattern("[٠-٩۰-۹๐-๙]");
      }
      assertThat(
              get(dashboard.resolve(
                      "/api/logs/search?from=2024-03-01T10:00:00Z&to=2024-03-01T11:00:00Z"))
                  .body())
          .contains("فارسی ıI", "ไทย é");
      await().atMost(DELIVERED).until(() -> isIn(inbox.resolve("done")));
    }
  }

  private int post(URI intake, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(intake)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }

  private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static void rename(Path file, byte[] name) throws IOException, InterruptedException {
    StringBuilder octal = new StringBuilder();
    for (byte b : name) {
      octal.append('\\').append(Integer.toOctalString(b & 0xff));
    }
    int status =
        new ProcessBuilder("sh", "-c", "mv plain.jsonl \"$(printf '" + octal + "')\"")
            .directory(file.getParent().toFile())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(status).isZero();
  }

  private static boolean isIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.count() == 1;
    }
  }

  private static List<String> linesOf(Path lake) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path object : objectsOf(lake)) {
      lines.addAll(Files.readAllLines(object));
    }
    return lines;
  }

  private static List<String> partitionsOf(Path lake) throws IOException {
    return objectsOf(lake).stream().map(o -> lake.relativize(o.getParent()).toString()).toList();
  }

  private static List<Path> objectsOf(Path lake) throws IOException {
    if (!Files.isDirectory(lake)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(lake)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }
}
