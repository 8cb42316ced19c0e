package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.format.StoredObject;

/**
 * The packaged application with objects that are larger than its memory for them, on disk. {@code
 * -Dlarge.megabytes=N} makes them larger than here, {@code -Dlarge.formats=all} makes them in every
 * format.
 */
class LargeObjectsIT {

  private static final long OBJECT_BYTES = Integer.getInteger("large.megabytes", 24) * (1L << 20);
  private static final int REQUEST = 1_000;
  private static final int SERVICES = 3;
  private static final Duration LIMIT = Duration.ofMinutes(8);
  private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+),");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Random random = new Random(1);

  @TempDir Path directory;

  static Stream<Arguments> formats() {
    Stream<Arguments> some = Stream.of(arguments("jsonl", "zstd"), arguments("parquet", "none"));
    return System.getProperty("large.formats", "").equals("all")
        ? Stream.concat(some, Stream.of(arguments("jsonl", "none"), arguments("jsonl", "gzip")))
        : some;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void objects_have_their_size_and_a_crash_loses_and_repeats_nothing(
      String format, String compression) throws Exception {
    int sent = 0;
    try (AppProcess process = start(format, compression, 3_600_000)) {
      URI intake = process.intake();
      // Half of it is still open when each service has had an object.
      for (long bytes = 0; bytes < SERVICES * OBJECT_BYTES * 3 / 2; sent += REQUEST) {
        bytes += post(intake, sent);
      }
      await()
          .atMost(LIMIT)
          .until(() -> metric(process, "delivery_objects_total{closed=\"size\"") == SERVICES);
      await().atMost(LIMIT).until(() -> spooled() == SERVICES);
      System.out.printf(
          "%s objects of %s MB, %s and %s: %s, %s of CPU time%n",
          SERVICES,
          OBJECT_BYTES >> 20,
          format,
          compression,
          peakMemory(process.handle()),
          process.handle().info().totalCpuDuration().orElseThrow());
      process.handle().destroyForcibly();
      process.exitCode(30);
    }
    assertThat(spooled()).isPositive();
    try (AppProcess process = start(format, compression, 1_000)) {
      process.intake();
      int all = sent;
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() -> assertThat(lake()).isEqualTo(new Found(all, all)));
      await().atMost(LIMIT).until(() -> spooled() == 0);
    }
  }

  /** Lines, and how many different ones of them. */
  private record Found(long lines, long records) {}

  private AppProcess start(String format, String compression, int flushMillis) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("SPOOL_DIR", "spool");
    environment.put("MAX_BATCH_BYTES", Long.toString(OBJECT_BYTES));
    environment.put("FLUSH_MAX_RECORDS", "10000000");
    environment.put("FLUSH_INTERVAL_MS", Integer.toString(flushMillis));
    environment.put("OUTPUT_FORMAT", format);
    environment.put("OUTPUT_COMPRESSION", compression);
    environment.put("DELIVERY_BUFFER_BYTES", "8MB");
    return new AppProcess(
        directory,
        environment,
        List.of("-Xmx256m", "-jar", Path.of("target/camel-app.jar").toAbsolutePath().toString()));
  }

  private long post(URI intake, int first) {
    String body =
        IntStream.range(first, first + REQUEST).mapToObj(this::record).collect(joining("\n"));
    HttpRequest request =
        HttpRequest.newBuilder(intake).POST(BodyPublishers.ofString(body)).build();
    await()
        .atMost(LIMIT)
        .until(() -> HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200);
    return body.length();
  }

  private String record(int number) {
    String text =
        IntStream.range(0, 20)
            .mapToObj(i -> Integer.toHexString(random.nextInt(1 << 20)))
            .collect(joining(" "));
    return "{\"timestamp\":\"2024-03-01T10:%02d:%02d.%03dZ\",\"service\":\"service-%s\",\"n\":%s,\"level\":\"INFO\",\"message\":\"%s: %s\"}"
        .formatted(
            number / 60_000 % 60,
            number / 1_000 % 60,
            random.nextInt(1_000),
            number % SERVICES,
            number,
            "what happened here is this".repeat(10),
            text);
  }

  private static double metric(AppProcess process, String name) throws Exception {
    String metrics =
        HTTP.send(
                HttpRequest.newBuilder(process.health().resolve("/observe/metrics")).build(),
                BodyHandlers.ofString())
            .body();
    Matcher sample =
        Pattern.compile("(?m)^" + Pattern.quote(name) + "[^}]*} (\\S+)$").matcher(metrics);
    return sample.find() ? Double.parseDouble(sample.group(1)) : 0;
  }

  private long spooled() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("spool"))) {
      return files.filter(file -> file.toString().endsWith(".spooled")).count();
    }
  }

  private Found lake() throws IOException {
    long count = 0;
    BitSet numbers = new BitSet();
    for (Path object : LakeReaders.objects(directory.resolve("data/s3/md-raw-logs"))) {
      try (InputStream stored = Files.newInputStream(object);
          StoredObject.Unpacked content = StoredObject.unpack(stored);
          BufferedReader lines = new BufferedReader(new InputStreamReader(content.in(), UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          Matcher number = NUMBER.matcher(line);
          assertThat(number.find()).isTrue();
          numbers.set(Integer.parseInt(number.group(1)));
          count++;
        }
      }
    }
    return new Found(count, numbers.cardinality());
  }

  private static String peakMemory(ProcessHandle process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .findFirst()
        .orElseThrow()
        .replaceAll("VmHWM:\\s+", "");
  }
}
