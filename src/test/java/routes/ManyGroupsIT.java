package routes;

import static java.util.stream.Collectors.joining;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application with more open groups, and more in them, than its memory holds. */
class ManyGroupsIT {

  private static final int GROUPS = 2_000;
  private static final int ROUNDS = 60;
  private static final int REQUEST = 500;

  /** What a group costs beside its records. */
  private static final int GROUP_BYTES = 4096;

  /** How many may be opened once before memory is asked for. */
  private static final int READ_AT_ONCE = 1_000;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String PADDING = "x".repeat(600);

  @TempDir Path directory;

  @Test
  void two_thousand_groups_stay_open_in_256_megabytes_and_none_of_their_records_is_lost()
      throws Exception {
    try (AppProcess process = start("3600000")) {
      post(process.intake(), 0);
      await()
          .atMost(LIMIT)
          .until(() -> metric(process, "delivery_groups_open{layer=\"raw\"}") == GROUPS);

      for (int round = 1; round < ROUNDS; round++) {
        post(process.intake(), round);
      }
      await()
          .atMost(LIMIT)
          .until(
              () -> metric(process, "delivery_objects_total{closed=\"memory\",layer=\"raw\"}") > 0);
      System.out.println("Peak memory with 2,000 open groups: " + peakMemory(process.handle()));
      process.terminate();
      assertThat(process.exitCode(30)).isEqualTo(143);
    }
    try (AppProcess process = start("1000")) {
      process.intake();
      Map<String, Integer> expected = new HashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (int group = 0; group < GROUPS; group++) {
          expected.put(record(round, group), 1);
        }
      }
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> lake().values().stream().mapToInt(Integer::intValue).sum() >= GROUPS * ROUNDS);
      assertThat(lake()).isEqualTo(expected);
      LakeReaders.assertReadable(directory.resolve("data/s3/md-raw-logs"), GROUPS * ROUNDS);
    }
  }

  @Test
  void groups_of_one_small_record_each_are_closed_early_by_their_number() throws Exception {
    try (AppProcess process = start("3600000")) {
      URI intake = process.intake();
      int most = (int) metric(process, "delivery_buffer_limit_bytes{layer=\"raw\"}") / GROUP_BYTES;
      int sent = most + most / 2;
      for (int first = 0; first < sent; first += REQUEST) {
        post(intake, first, ManyGroupsIT::small);
      }

      await()
          .atMost(LIMIT)
          .until(
              () ->
                  metric(process, "delivery_records_total{layer=\"raw\",signal=\"logs\"}")
                          + metric(process, "delivery_groups_open{layer=\"raw\"}")
                      >= sent);
      assertThat(metric(process, "delivery_objects_total{closed=\"memory\",layer=\"raw\"}"))
          .isPositive();
      assertThat(metric(process, "delivery_groups_open{layer=\"raw\"}"))
          .isLessThan(most + READ_AT_ONCE);
    }
  }

  private static String small(int group) {
    return "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"small-%d\"}".formatted(group);
  }

  private AppProcess start(String flushMillis) throws IOException {
    return new AppProcess(
        directory,
        Map.of("FLUSH_INTERVAL_MS", flushMillis),
        List.of("-Xmx256m", "-jar", Path.of("target/camel-app.jar").toAbsolutePath().toString()));
  }

  private static void post(URI intake, int round) {
    for (int first = 0; first < GROUPS; first += REQUEST) {
      post(intake, first, group -> record(round, group));
    }
  }

  private static void post(URI intake, int first, IntFunction<String> record) {
    String body = IntStream.range(first, first + REQUEST).mapToObj(record).collect(joining("\n"));
    HttpRequest request =
        HttpRequest.newBuilder(intake).POST(BodyPublishers.ofString(body)).build();
    await()
        .atMost(LIMIT)
        .until(() -> HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200);
  }

  private static String record(int round, int group) {
    return "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"service-%d\",\"record_id\":\"%d\",\"padding\":\"%s\"}"
        .formatted(group, round, PADDING);
  }

  private static double metric(AppProcess process, String name) throws Exception {
    String metrics =
        HTTP.send(
                HttpRequest.newBuilder(process.health().resolve("/observe/metrics")).build(),
                BodyHandlers.ofString())
            .body();
    Matcher sample = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics);
    return sample.find() ? Double.parseDouble(sample.group(1)) : 0;
  }

  /** The lines in the lake and how often each is there. */
  private Map<String, Integer> lake() throws IOException {
    Map<String, Integer> lines = new HashMap<>();
    for (Path object : LakeReaders.objects(directory.resolve("data/s3/md-raw-logs"))) {
      Files.readAllLines(object).forEach(line -> lines.merge(line, 1, Integer::sum));
    }
    return lines;
  }

  private static String peakMemory(ProcessHandle process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .findFirst()
        .orElseThrow()
        .replaceAll("VmHWM:\\s+", "");
  }
}
