package routes.bench;

import com.google.common.collect.Iterators;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * What it costs to bring records to Kinesis, from a file and from batches over HTTP, one by one and
 * gathered: CPU time of the app with {@code ROLE=intake}, the embedded cloud another process, from
 * the start until a number of records is published, and for twice as many after them. Beside it a
 * loop over the SDK's client.
 */
final class PublishBenchmark {

  private static final int RECORDS = Integer.getInteger("bench.records", 300_000);
  private static final int SHARDS = Integer.getInteger("bench.shards", 4);
  private static final String HEAP = System.getProperty("bench.heap", "1g");
  private static final int SENDERS = 4;
  private static final int RECORDS_A_REQUEST = 500;
  private static final String STREAM = "publish";
  private static final Pattern PUBLISHED =
      Pattern.compile("^publish_records_total ([0-9.E]+)$", Pattern.MULTILINE);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final BenchCloud cloud;

  private PublishBenchmark(Path folder, BenchCloud cloud) {
    this.folder = folder;
    this.cloud = cloud;
  }

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("publish");
    try (BenchCloud cloud = BenchCloud.start(folder.resolve("cloud"))) {
      cloud.load(STREAM, SHARDS, 0);
      new PublishBenchmark(folder, cloud).compare();
    } finally {
      // All lines lie there as files that are done.
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  /** Brings lines and returns when they are on the stream. */
  private interface Way {
    void bring(Iterator<byte[]> lines) throws Exception;
  }

  private void compare() throws Exception {
    System.out.printf(
        "| from | CPU s, %,d | CPU s, %,d | CPU s a further million | of it compiling |%n|---|---|---|---|---|%n",
        RECORDS, 3 * RECORDS);
    publishByHand();
    for (boolean gathered : new boolean[] {false, true}) {
      for (boolean file : new boolean[] {true, false}) {
        publish(file, gathered);
      }
    }
  }

  private void publishByHand() throws Exception {
    Path at = Files.createTempDirectory(folder, "by-hand");
    Path inbox = Files.createDirectory(at.resolve("inbox"));
    Map<String, String> env = new HashMap<>(cloud.env());
    env.put("KINESIS_STREAM_NAME", STREAM);
    try (MeasuredProcess loop =
        MeasuredProcess.of(SdkPeer.class, at, env, MeasuredProcess.optionsWithHeap(HEAP))) {
      measure("a file, a loop over the SDK", loop, lines -> drop(inbox, lines));
    }
  }

  private void publish(boolean file, boolean gathered) throws Exception {
    Path at = Files.createTempDirectory(folder, "app");
    int intake = MeasuredProcess.freePort();
    int dashboard = MeasuredProcess.freePort();
    Map<String, String> env = new HashMap<>(cloud.env());
    env.put("ROLE", "intake");
    env.put("INGEST_PORT", Integer.toString(intake));
    env.put("OTLP_GRPC_PORT", "off");
    env.put("DASHBOARD_PORT", Integer.toString(dashboard));
    env.put("INBOX_FINISHED_AFTER_MS", "1000");
    env.put("KINESIS_STREAM_NAME", STREAM);
    env.put("METRICS_STREAM_NAME", "off");
    env.put("APM_STREAM_NAME", "off");
    env.put("CREATE_RESOURCES", "true");
    env.put("KINESIS_AGGREGATION", Boolean.toString(gathered));
    try (MeasuredProcess app =
        MeasuredProcess.ofApp(at, env, MeasuredProcess.optionsWithHeap(HEAP))) {
      awaitHealthy(intake);
      measure(
          (file ? "a file" : "HTTP, %s a request".formatted(RECORDS_A_REQUEST))
              + (gathered ? ", gathered" : ""),
          app,
          file ? lines -> drop(at.resolve("inbox"), lines) : lines -> send(intake, lines));
      requireAll(dashboard, 3 * RECORDS);
    }
  }

  private static void measure(String from, MeasuredProcess process, Way way) throws Exception {
    double[] cpu = new double[2];
    double[] compiling = new double[2];
    Iterator<byte[]> lines = LogLines.stream(3 * RECORDS).iterator();
    for (int i = 0; i < cpu.length; i++) {
      way.bring(Iterators.limit(lines, (i + 1) * RECORDS));
      cpu[i] = process.cpuSeconds();
      compiling[i] = process.compilingSeconds();
    }
    System.out.printf(
        "| %s | %.1f | %.1f | %.2f | %.2f |%n",
        from,
        cpu[0],
        cpu[1],
        (cpu[1] - cpu[0]) / (2 * RECORDS) * 1e6,
        (compiling[1] - compiling[0]) / (2 * RECORDS) * 1e6);
  }

  /** A file is complete when it is moved or deleted. */
  private static void drop(Path inbox, Iterator<byte[]> lines) throws Exception {
    Path hidden = inbox.resolveSibling("lines.jsonl");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(hidden))) {
      while (lines.hasNext()) {
        out.write(lines.next());
        out.write('\n');
      }
    }
    Path dropped = Files.move(hidden, inbox.resolve("lines.jsonl"));
    Awaitility.await().atMost(10, TimeUnit.MINUTES).until(() -> Files.notExists(dropped));
  }

  private void awaitHealthy(int port) {
    HttpRequest health =
        HttpRequest.newBuilder(URI.create("http://localhost:%s/health".formatted(port))).build();
    Awaitility.await()
        .atMost(1, TimeUnit.MINUTES)
        .ignoreExceptions()
        .until(() -> http.send(health, BodyHandlers.discarding()).statusCode() == 200);
  }

  private void send(int port, Iterator<byte[]> lines) throws Exception {
    Iterator<List<byte[]>> batches = Iterators.partition(lines, RECORDS_A_REQUEST);
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      all.add(
          senders.submit(
              () -> {
                for (byte[] next = body(batches); next.length > 0; next = body(batches)) {
                  post(port, next);
                }
                return null;
              }));
    }
    senders.shutdown();
    for (Future<?> one : all) {
      one.get();
    }
  }

  private static byte[] body(Iterator<List<byte[]>> batches) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    synchronized (batches) {
      if (batches.hasNext()) {
        for (byte[] line : batches.next()) {
          body.writeBytes(line);
          body.write('\n');
        }
      }
    }
    return body.toByteArray();
  }

  private void post(int port, byte[] lines) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:%s/api/ingest".formatted(port)))
            .POST(BodyPublishers.ofByteArray(lines))
            .build();
    int status = http.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("A request was answered " + status);
    }
  }

  private void requireAll(int dashboard, int records) throws IOException, InterruptedException {
    URI metrics = URI.create("http://localhost:%s/observe/metrics".formatted(dashboard));
    Matcher published =
        PUBLISHED.matcher(
            http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body());
    if (!published.find() || Double.parseDouble(published.group(1)) != records) {
      throw new IOException("Not all of %s records were published".formatted(records));
    }
  }
}
