package routes.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.summarizingDouble;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Streams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Searches of a lake that the demo has filled for a day, as a page asks for them, and the pages
 * that list it.
 */
final class SearchBenchmark {

  /** As delivery has them with a record a millisecond or two. */
  private static final int RECORDS_AN_OBJECT = 500;

  private static final int ROUNDS = 2;
  private static final int TABS = 10;

  private static final int RATE = 2_000;
  private static final int TICK_MILLIS = 100;
  private static final int TAIL_SECONDS = 30;

  /** For the app's code to be compiled. */
  private static final int WARM_UP_SECONDS = 15;

  /** Of which each takes 1,000 records a second. */
  private static final String SHARDS = "4";

  /** How a page has the records counted. */
  private static final String ESTIMATE = "estimate";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final BenchApp app;

  private SearchBenchmark(BenchApp app) {
    this.app = app;
  }

  /**
   * What an answer took.
   *
   * @param first until the first record was there, in seconds
   * @param counted until the last count was there
   * @param ended until it ended
   * @param cpu of all of the app, with its embedded cloud
   * @param found how many records were counted
   * @param share of how much of the lake that is an estimate
   * @param end the last line of it
   */
  private record Took(
      double first,
      double counted,
      double ended,
      double cpu,
      long found,
      double share,
      JsonNode end) {}

  static void run() throws Exception {
    int records = Integer.getInteger("bench.records");
    Path folder = Files.createDirectories(Path.of("target", "bench-search-" + records));
    Instant end = SearchLake.in(folder.resolve("data"), records, records / RECORDS_AN_OBJECT);
    try (BenchApp app = BenchApp.start(folder, Map.of("SPEED_JDBC_URL", "off"), List.of())) {
      app.awaitAccepted();
      app.awaitDashboard();
      new SearchBenchmark(app).run(end);
    }
    crowd(folder, end);
    tail();
  }

  private void run(Instant end) throws Exception {
    Instant hour = end.minus(Duration.ofHours(1));
    Instant day = end.minus(Duration.ofDays(1));
    JsonNode record = recordOfTrace(end.minus(Duration.ofHours(7)));
    String trace = JSON.readTree(record.path("line").asText()).path("trace_id").asText();
    Instant then = Instant.parse(record.path("time").asText());
    System.out.printf(
        "%n| search | first record, s | counted, s | ended, s | CPU s | objects read | found | of |%n|---|---|---|---|---|---|---|---|%n");
    for (int round = 0; round < ROUNDS; round++) {
      search("an hour, everything", hour, end, "", ESTIMATE);
      search("an hour, `level:>=error`", hour, end, "level:>=error", ESTIMATE);
      search("a day, everything", day, end, "", ESTIMATE);
      search("a day, `level:>=error`", day, end, "level:>=error", ESTIMATE);
      search("a day, a trace", day, end, trace, ESTIMATE);
      search(
          "a trace from a record of it",
          then.minus(Duration.ofHours(1)),
          then.plus(Duration.ofHours(1)),
          trace,
          "false&near=" + then);
    }
    search("a day, a trace, uncounted", day, end, trace, "false");
    // Of which nothing is known of any object: what looking for it takes.
    search("a day, all of a trace's id but a digit", day, end, trace.substring(1), "false");
    search("a day, everything, all counted", day, end, "", "true");
    pages(hour);
  }

  /** Many who search at once, where memory is short. */
  private static void crowd(Path folder, Instant end) throws Exception {
    try (BenchApp app =
        BenchApp.start(folder, Map.of("SPEED_JDBC_URL", "off"), List.of("-Xmx256m"))) {
      app.awaitAccepted();
      app.awaitDashboard();
      SearchBenchmark benchmark = new SearchBenchmark(app);
      System.out.printf(
          "%n| %d tabs at once, `-Xmx256m` | first record, s | the slowest | counted, s | the slowest | CPU s | peak resident, MB |%n|---|---|---|---|---|---|---|%n",
          TABS);
      for (int round = 0; round < ROUNDS; round++) {
        benchmark.tabs("an hour", end.minus(Duration.ofHours(1)), end);
        benchmark.tabs("a day", end.minus(Duration.ofDays(1)), end);
      }
    }
  }

  private void search(String title, Instant from, Instant to, String query, String count)
      throws Exception {
    Took took = search(from, to, query, count);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.1f | %.1f | %.1f | %s | %,d | %.0f %% |%n",
        title,
        took.first(),
        took.counted(),
        took.ended(),
        took.cpu(),
        took.end().path("objects"),
        took.found(),
        100 * took.share());
  }

  private Took search(Instant from, Instant to, String query, String count) throws Exception {
    String path =
        "/api/logs/search?early=true&count=%s&limit=200&from=%s&to=%s&query=%s"
            .formatted(count, from, to, URLEncoder.encode(query, UTF_8));
    double cpu = app.process().cpuSeconds();
    long start = System.nanoTime();
    double first = Double.NaN;
    double counted = Double.NaN;
    double share = 1;
    long found = 0;
    JsonNode line = JSON.nullNode();
    try (BufferedReader lines = read(path)) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        if (Double.isNaN(first) && text.startsWith("{\"type\":\"record\"")) {
          first = secondsSince(start);
        }
        if (text.startsWith("{\"type\":\"counts\"")) {
          JsonNode counts = JSON.readTree(text);
          counted = secondsSince(start);
          share = counts.path("share").asDouble(1);
          found = Streams.stream(counts.path("services")).mapToLong(JsonNode::asLong).sum();
        }
        if (text.startsWith("{\"type\":\"done\"")) {
          line = JSON.readTree(text);
        }
      }
    }
    double took = app.process().cpuSeconds() - cpu;
    return new Took(first, counted, secondsSince(start), took, found, share, line);
  }

  /** Many people who look at the same time. */
  private void tabs(String title, Instant from, Instant to) throws Exception {
    double cpu = app.process().cpuSeconds();
    ExecutorService people = Executors.newFixedThreadPool(TABS);
    List<Future<Took>> searches = new ArrayList<>();
    for (int tab = 0; tab < TABS; tab++) {
      searches.add(people.submit(() -> search(from, to, "", ESTIMATE)));
    }
    List<Took> took = new ArrayList<>();
    for (Future<Took> search : searches) {
      took.add(search.get());
    }
    people.shutdown();
    DoubleSummaryStatistics first = took.stream().collect(summarizingDouble(Took::first));
    DoubleSummaryStatistics counted = took.stream().collect(summarizingDouble(Took::counted));
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.1f | %.1f | %.1f | %.0f |%n",
        title,
        first.getMin(),
        first.getMax(),
        counted.getMin(),
        counted.getMax(),
        app.process().cpuSeconds() - cpu,
        app.process().peakMegabytes());
  }

  private void pages(Instant hour) throws Exception {
    String bucket = "/api/s3/bucket/" + SearchLake.BUCKET;
    System.out.printf("%n| page | first, s | again, s | CPU s of both |%n|---|---|---|---|%n");
    for (String path :
        List.of(
            bucket + "/services",
            bucket + "/partitions",
            bucket + "/partitions?from=" + hour,
            bucket + "/objects?delimiter=none&order=newest",
            bucket + "/objects?delimiter=none&contains=part-0")) {
      double cpu = app.process().cpuSeconds();
      System.out.printf(
          Locale.ROOT,
          "| `%s` | %.2f | %.2f | %.1f |%n",
          path.substring(path.lastIndexOf('/') + 1),
          secondsOf(path),
          secondsOf(path),
          app.process().cpuSeconds() - cpu);
    }
  }

  /** How old records are when somebody sees them who follows the stream, in milliseconds. */
  static void tail() throws Exception {
    Path folder = Files.createTempDirectory("bench-tail");
    try (BenchApp app =
        BenchApp.start(
            folder, Map.of("KINESIS_SHARD_COUNT", SHARDS, "SPEED_JDBC_URL", "off"), List.of())) {
      app.awaitAccepted();
      app.awaitDashboard();
      ScheduledExecutorService sender = Executors.newScheduledThreadPool(2);
      sender.scheduleAtFixedRate(() -> sendNow(app), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
      new SearchBenchmark(app).follow();
      sender.shutdownNow();
    }
  }

  private static void sendNow(BenchApp app) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < RATE * TICK_MILLIS / 1000; i++) {
      lines
          .append("{\"service\":\"tail-")
          .append(i % 20)
          .append(
              "\",\"level\":\"INFO\",\"message\":\"Something of the usual length happened, and it took ")
          .append(i)
          .append(" ms\",\"timestamp\":\"")
          .append(Instant.now())
          .append("\"}\n");
    }
    try {
      app.send(lines.toString());
    } catch (IOException | InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws Exception {
    List<Long> ages = new ArrayList<>();
    int missed = 0;
    double cpu = 0;
    long begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS);
    long end = begin + TimeUnit.SECONDS.toNanos(TAIL_SECONDS);
    try (BufferedReader lines = read("/api/logs/tail?limit=5000&query=service:tail-*")) {
      for (String line = lines.readLine();
          line != null && System.nanoTime() < end;
          line = lines.readLine()) {
        if (System.nanoTime() < begin) {
          continue;
        }
        cpu = cpu == 0 ? app.process().cpuSeconds() : cpu;
        JsonNode told = JSON.readTree(line);
        missed += told.path("passed").asInt() + told.path("lost").asInt();
        String time = told.at("/record/time").asText();
        if (!time.isEmpty()) {
          ages.add(Duration.between(Instant.parse(time), Instant.now()).toMillis());
        }
      }
    }
    ages.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%n| tail at %d records/s for %d s | seen | passed over | median, ms | 99 %% | oldest | CPU s |%n|---|---|---|---|---|---|---|%n"
            + "| | %d | %d | %d | %d | %d | %.1f |%n",
        RATE,
        TAIL_SECONDS,
        ages.size(),
        missed,
        ages.get(ages.size() / 2),
        ages.get(ages.size() * 99 / 100),
        ages.get(ages.size() - 1),
        app.process().cpuSeconds() - cpu);
  }

  private double secondsOf(String path) throws Exception {
    long start = System.nanoTime();
    try (BufferedReader answer = read(path)) {
      answer.transferTo(Writer.nullWriter());
    }
    return secondsSince(start);
  }

  /** The last before that time that has a trace. */
  private JsonNode recordOfTrace(Instant to) throws Exception {
    String path = "/api/logs/search?limit=1&query=trace_id:*&to=" + to;
    try (BufferedReader lines = read(path);
        Stream<String> all = lines.lines()) {
      String found =
          all.filter(line -> line.startsWith("{\"type\":\"record\"")).findFirst().orElseThrow();
      return JSON.readTree(found).path("record");
    }
  }

  private BufferedReader read(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(app.dashboard() + path)).build();
    return new BufferedReader(
        new InputStreamReader(http.send(request, BodyHandlers.ofInputStream()).body(), UTF_8));
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
