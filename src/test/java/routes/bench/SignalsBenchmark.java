package routes.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What each signal costs from OTLP to the lake: one process takes it in over HTTP as protobuf, puts
 * it on its stream and delivers it, with Kinesis and S3 in another. What is measured comes after as
 * much as a third of it, when all is compiled.
 */
final class SignalsBenchmark {

  private static final int RECORDS = Integer.getInteger("bench.records", 300_000);
  private static final int SHARDS = Integer.getInteger("bench.shards", 4);
  private static final String HEAP = System.getProperty("bench.heap", "512m");
  private static final int RECORDS_A_REQUEST = 500;
  private static final int SENDERS = 4;
  private static final long NINE = 1_795_165_200_000_000_000L;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private static final Resource SHOP =
      Resource.newBuilder()
          .addAttributes(text("service.name", "checkout"))
          .addAttributes(text("service.instance.id", "checkout-7c9f-2"))
          .addAttributes(text("deployment.environment.name", "production"))
          .build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final BenchCloud cloud;

  private SignalsBenchmark(Path folder, BenchCloud cloud) {
    this.folder = folder;
    this.cloud = cloud;
  }

  /** A signal, and a request of it that begins with the record of a number. */
  private enum Kind {
    LOGS,
    METRICS,
    TRACES;

    MessageLite request(int first) {
      return switch (this) {
        case LOGS -> logs(first);
        case METRICS -> metrics(first);
        case TRACES -> traces(first);
      };
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("signals");
    try (BenchCloud cloud = BenchCloud.start(folder.resolve("cloud"))) {
      System.out.printf(
          "%,d records of each signal, %,d a request, %d senders, %d shards, -Xmx%s%n%n",
          RECORDS, RECORDS_A_REQUEST, SENDERS, SHARDS, HEAP);
      System.out.println(
          "| signal | bytes of OTLP a record | accepted records/s | CPU s a million, to the lake |\n|---|---|---|---|");
      for (Kind kind : Kind.values()) {
        new SignalsBenchmark(folder, cloud).measure(kind);
      }
    }
  }

  private void measure(Kind kind) throws Exception {
    int ingest = MeasuredProcess.freePort();
    int dashboard = MeasuredProcess.freePort();
    Map<String, String> env = new HashMap<>(cloud.env());
    env.put("INGEST_PORT", Integer.toString(ingest));
    env.put("OTLP_GRPC_PORT", "0");
    env.put("DASHBOARD_PORT", Integer.toString(dashboard));
    env.put("KINESIS_SHARD_COUNT", Integer.toString(SHARDS));
    env.put("CREATE_RESOURCES", "true");
    env.put("FLUSH_INTERVAL_MS", "2000");
    URI intake = URI.create("http://localhost:%s/v1/%s".formatted(ingest, kind.word()));
    URI metrics = URI.create("http://localhost:%s/observe/metrics".formatted(dashboard));
    Path home = Files.createDirectory(folder.resolve(kind.word()));
    try (MeasuredProcess app =
        MeasuredProcess.ofApp(home, env, MeasuredProcess.optionsWithHeap(HEAP))) {
      awaitUp(app, metrics);
      int warm = requests(RECORDS / 3);
      send(kind, intake, 0, warm);
      awaitDelivered(app, kind, metrics, warm);
      double before = app.cpuSeconds();
      long start = System.nanoTime();
      int all = warm + requests(RECORDS);
      send(kind, intake, warm, all);
      double seconds = (System.nanoTime() - start) / 1e9;
      awaitDelivered(app, kind, metrics, all);
      int measured = (all - warm) * RECORDS_A_REQUEST;
      System.out.printf(
          "| %s | %d | %,.0f | %.1f |%n",
          kind.word(),
          kind.request(0).getSerializedSize() / RECORDS_A_REQUEST,
          measured / seconds,
          (app.cpuSeconds() - before) / measured * 1e6);
    }
  }

  private static int requests(int records) {
    return Math.max(1, records / RECORDS_A_REQUEST);
  }

  private void send(Kind kind, URI intake, int from, int to) throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    List<Future<?>> sent = new ArrayList<>();
    for (int sender = 0; sender < SENDERS; sender++) {
      int first = from + sender;
      sent.add(
          senders.submit(
              () -> {
                for (int i = first; i < to; i += SENDERS) {
                  post(intake, kind.request(i * RECORDS_A_REQUEST).toByteArray());
                }
                return null;
              }));
    }
    senders.shutdown();
    for (Future<?> each : sent) {
      each.get();
    }
  }

  /** Until it is accepted. */
  private void post(URI intake, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(intake)
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    while (answer.statusCode() == 429 || answer.statusCode() == 503) {
      TimeUnit.MILLISECONDS.sleep(100);
      answer = http.send(request, BodyHandlers.ofString());
    }
    if (answer.statusCode() != 200) {
      throw new IOException("It answers " + answer.statusCode() + ": " + answer.body());
    }
  }

  private void awaitUp(MeasuredProcess app, URI metrics) throws Exception {
    await(app, () -> delivered(metrics, "logs") >= 0);
  }

  private void awaitDelivered(MeasuredProcess app, Kind kind, URI metrics, int requests)
      throws Exception {
    await(app, () -> delivered(metrics, kind.word()) >= (double) requests * RECORDS_A_REQUEST);
  }

  /** Something that may fail until it is so. */
  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void await(MeasuredProcess app, Condition condition) throws Exception {
    long start = System.nanoTime();
    while (!holds(condition)) {
      app.cpuSeconds(); // says why it ended, if it has
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IOException("It does not come to an end");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static boolean holds(Condition condition) throws InterruptedException {
    try {
      return condition.holds();
    } catch (IOException notYet) {
      return false;
    }
  }

  private double delivered(URI metrics, String signal) throws IOException, InterruptedException {
    String scrape =
        http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
    Matcher count =
        Pattern.compile(
                "(?m)^delivery_records_total\\{layer=\"raw\",signal=\"" + signal + "\"} (\\S+)$")
            .matcher(scrape);
    return count.find() ? Double.parseDouble(count.group(1)) : -1;
  }

  private static MessageLite logs(int first) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    IntStream.range(first, first + RECORDS_A_REQUEST)
        .forEach(
            number ->
                scope.addLogRecords(
                    LogRecord.newBuilder()
                        .setTimeUnixNano(NINE + number)
                        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
                        .setBody(
                            AnyValue.newBuilder()
                                .setStringValue("Order " + number + " was placed in 42 ms"))
                        .setTraceId(id(number, 16))
                        .setSpanId(id(number, 8))
                        .addAllAttributes(attributes(number))));
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().setResource(SHOP).addScopeLogs(scope))
        .build();
  }

  private static MessageLite metrics(int first) {
    Sum.Builder sum = Sum.newBuilder().setIsMonotonic(true).setAggregationTemporalityValue(2);
    IntStream.range(first, first + RECORDS_A_REQUEST)
        .forEach(
            number ->
                sum.addDataPoints(
                    NumberDataPoint.newBuilder()
                        .setStartTimeUnixNano(NINE)
                        .setTimeUnixNano(NINE + number)
                        .setAsInt(number)
                        .addAllAttributes(attributes(number))));
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(SHOP)
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(
                            Metric.newBuilder().setName("orders").setUnit("{order}").setSum(sum))))
        .build();
  }

  private static MessageLite traces(int first) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    IntStream.range(first, first + RECORDS_A_REQUEST)
        .forEach(
            number ->
                scope.addSpans(
                    Span.newBuilder()
                        .setTraceId(id(number, 16))
                        .setSpanId(id(number, 8))
                        .setParentSpanId(id(number + 1, 8))
                        .setName("POST /cart/{id}")
                        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                        .setStartTimeUnixNano(NINE + number)
                        .setEndTimeUnixNano(NINE + number + 42_000_000)
                        .addAllAttributes(attributes(number))));
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().setResource(SHOP).addScopeSpans(scope))
        .build();
  }

  private static List<KeyValue> attributes(int number) {
    return List.of(
        text("http.route", "/cart/{id}"),
        text("http.request.method", "POST"),
        text("user.id", "user-" + number % 10_000),
        KeyValue.newBuilder()
            .setKey("http.response.status_code")
            .setValue(AnyValue.newBuilder().setIntValue(200))
            .build());
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static ByteString id(int number, int bytes) {
    Random random = new Random(number);
    ByteBuffer id = ByteBuffer.allocate(bytes);
    while (id.hasRemaining()) {
      id.putLong(random.nextLong());
    }
    return ByteString.copyFrom(id.flip());
  }
}
