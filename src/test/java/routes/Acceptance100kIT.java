package routes;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application with 100,000 records, half over HTTP and half in files. */
@EnabledIfSystemProperty(named = "acceptance", matches = "true")
class Acceptance100kIT {

  private static final int RECORDS = 100_000;
  private static final int SERVICES = 24;
  private static final int HOURS = 48;
  private static final int REQUEST = 500;
  private static final int FILES = 10;
  private static final int CLIENTS = 4;
  private static final Instant FIRST_HOUR = Instant.parse("2024-02-28T12:00:00Z");
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir Path directory;

  @Test
  void every_record_is_in_its_partition_exactly_once() throws Exception {
    Path jar = Path.of("target/camel-app.jar").toAbsolutePath();
    Map<String, String> env = Map.of("FLUSH_INTERVAL_MS", "10000");
    long start = System.nanoTime();
    try (AppProcess process =
        new AppProcess(directory, env, List.of("-Xmx256m", "-jar", jar.toString()))) {
      HttpRequest.Builder intake =
          HttpRequest.newBuilder(process.intake()).header("Content-Type", "application/x-ndjson");
      long up = System.nanoTime();
      writeFiles();
      post(intake);
      long accepted = System.nanoTime();
      await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).until(() -> count() >= RECORDS);
      long delivered = System.nanoTime();
      System.out.printf(
          "%,d records in %,d objects: start %.1f s, then HTTP half accepted %.1f s, all delivered"
              + " %.1f s; CPU %.1f s, peak memory %s%n",
          RECORDS,
          objects().size(),
          (up - start) / 1e9,
          (accepted - up) / 1e9,
          (delivered - up) / 1e9,
          process.handle().info().totalCpuDuration().orElseThrow().toMillis() / 1e3,
          peakMemory(process.handle().pid()));
      process.terminate();
      assertThat(process.exitCode(10)).isEqualTo(143);
    }
    assertThat(lake()).isEqualTo(sent());
    LakeReaders.assertReadable(directory.resolve("data/s3/md-raw-logs"), RECORDS);
  }

  private void writeFiles() throws IOException {
    Path inbox = directory.resolve("inbox");
    for (int file = 0; file < FILES; file++) {
      int first = RECORDS / 2 + file * (RECORDS / 2 / FILES);
      Path ready = directory.resolve("ready");
      try (BufferedWriter lines = Files.newBufferedWriter(ready)) {
        for (int n = first; n < first + RECORDS / 2 / FILES; n++) {
          lines.write(record(n) + "\n");
        }
      }
      Files.move(ready, inbox.resolve(file + ".jsonl"));
    }
  }

  private static void post(HttpRequest.Builder intake) {
    HttpClient http = HttpClient.newHttpClient();
    IntStream.range(0, CLIENTS).parallel().forEach(client -> post(intake, http, client));
  }

  private static void post(HttpRequest.Builder intake, HttpClient http, int client) {
    for (int first = client * REQUEST; first < RECORDS / 2; first += CLIENTS * REQUEST) {
      String body =
          String.join(
              "\n",
              IntStream.range(first, first + REQUEST).mapToObj(Acceptance100kIT::record).toList());
      try {
        HttpRequest request = intake.copy().POST(BodyPublishers.ofString(body)).build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      } catch (IOException | InterruptedException failure) {
        throw new AssertionError(failure);
      }
    }
  }

  private List<Path> objects() throws IOException {
    return LakeReaders.objects(directory.resolve("data/s3/md-raw-logs"));
  }

  private int count() throws IOException {
    int count = 0;
    for (Path object : objects()) {
      count += Files.readAllLines(object).size();
    }
    return count;
  }

  /** The lines of each partition, read from disk. */
  private Map<String, List<String>> lake() throws IOException {
    Path bucket = directory.resolve("data/s3/md-raw-logs");
    Map<String, List<String>> lines = new TreeMap<>();
    for (Path object : objects()) {
      lines
          .computeIfAbsent(
              bucket.relativize(object.getParent()).toString(), hour -> new ArrayList<>())
          .addAll(Files.readAllLines(object));
    }
    lines.values().forEach(hour -> hour.sort(null));
    return lines;
  }

  private static Map<String, List<String>> sent() {
    Map<String, List<String>> sent =
        IntStream.range(0, RECORDS)
            .boxed()
            .collect(
                groupingBy(
                    Acceptance100kIT::partition,
                    TreeMap::new,
                    mapping(Acceptance100kIT::record, toCollection(ArrayList::new))));
    sent.values().forEach(hour -> hour.sort(null));
    return sent;
  }

  private static String partition(int number) {
    Instant hour = time(number);
    return "service=service-%d/year=%s/month=%s/day=%s/hour=%s"
        .formatted(
            number % SERVICES,
            hour.toString().substring(0, 4),
            hour.toString().substring(5, 7),
            hour.toString().substring(8, 10),
            hour.toString().substring(11, 13));
  }

  private static Instant time(int number) {
    return FIRST_HOUR
        .plus(Duration.ofHours(number / SERVICES % HOURS))
        .plusMillis(number % 3_600_000);
  }

  private static String record(int number) {
    return """
        {"timestamp":"%s","service":"service-%d","level":"INFO","record_id":"%d","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","message":"GET /api/orders/%d answered 200 in 17 ms","http":{"method":"GET","status":200,"agent":"Mozilla/5.0 (X11; Linux x86_64)"},"host":"ip-10-0-12-34","region":"eu-central-1"}"""
        .formatted(time(number), number % SERVICES, number, number);
  }

  private static String peakMemory(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .findFirst()
        .orElseThrow()
        .replaceAll("VmHWM:\\s+", "");
  }
}
