package routes.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import routes.Settings;
import routes.app.Part;
import routes.app.Pipeline;
import routes.http.HttpPart;
import routes.http.RouteHold;
import routes.http.api.DashboardFilter;
import routes.ingest.Admission;
import routes.ingest.IngestPart;
import routes.kinesis.publish.PublishPart;
import routes.ledger.ReceiptStore;
import routes.observe.IntakeCounts;
import routes.partition.RecordPart;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * What the HTTP intake takes from 64 connections, with a Kinesis that acknowledges at once, beside
 * a bare Vert.x handler that only reads the body; how long requests take that come at a fixed rate;
 * and what 1,000 slow clients cost. Clients are in the same process and share its cores.
 */
public final class IntakeBenchmark {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final int CONNECTIONS = 64;
  private static final int ROUNDS = 13;

  /** Camel's code takes that long to be compiled. */
  private static final int WARM_UP_ROUNDS = 8;

  /** What a request to Kinesis takes within a region, about. */
  private static final long LATENCY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int REQUESTS_A_SECOND = 2_000;
  private static final int SLOW_CLIENTS = 1_000;

  private IntakeBenchmark() {}

  public static void main(String[] args) throws Exception {
    int port = freePort();
    Settings settings =
        Settings.load(Map.of("ROLE", "intake", "INGEST_PORT", Integer.toString(port)));
    Acknowledging kinesis = new Acknowledging();
    Vertx vertx = Vertx.vertx();
    Pipeline pipeline = start(settings, kinesis, port);
    try {
      HttpServer bare =
          vertx
              .createHttpServer()
              .requestHandler(request -> request.body().onSuccess(body -> request.response().end()))
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      byte[] record = request(LogLines.of(1).get(0));
      byte[] batch = request(LogLines.joined(500));
      compare("single records", record, bare.actualPort(), port);
      atFixedRate(record, bare.actualPort(), port);
      compare("batches of 500", batch, bare.actualPort(), port);
      kinesis.delayNanos = LATENCY_NANOS;
      withLatency("single records", record, port);
      withLatency("batches of 500", batch, port);
      kinesis.delayNanos = 0;
      slowClients(port);
    } finally {
      pipeline.close();
      vertx.close();
    }
  }

  private static Pipeline start(Settings settings, KinesisClient kinesis, int port)
      throws Exception {
    RecordPart records = new RecordPart(settings.records());
    PublishPart publish =
        new PublishPart(
            settings.publish(),
            settings.resources().signals(),
            kinesis,
            new ReceiptStore(new NoState(), "state"));
    IngestPart ingest =
        new IngestPart(
            settings.intake(),
            records.parsers(),
            new Admission(true, publish.publisher()),
            intake -> {},
            "");
    HttpPart http =
        new HttpPart(
            settings.intake().http(),
            settings.tls(),
            port,
            0,
            ingest.protocols(),
            status -> {},
            new RouteHold(),
            new DashboardFilter(settings.dashboard()));
    Map<String, String> properties = new TreeMap<>(settings.properties());
    properties.put("camel.management.enabled", "false");
    properties.put(
        "camel.main.routes-include-pattern",
        "file:routes-yaml/errors.yaml,file:routes-yaml/ingest.yaml,file:routes-yaml/ingest-http.yaml,"
            + "file:routes-yaml/publish.yaml");
    return Pipeline.start(properties, List.of(records, publish, ingest, http, new Counts()));
  }

  /** What the part for meters would bind. */
  private record Counts() implements Part {
    @Override
    public void bind(Main main) {
      main.bind("intake-counts", new IntakeCounts());
    }
  }

  /** Both by turns, so that what else the machine does meets both. */
  private static void compare(String what, byte[] request, int bare, int intake) throws Exception {
    List<Round> bares = new ArrayList<>();
    List<Round> intakes = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      bares.add(round(request, bare));
      intakes.add(round(request, intake));
    }
    Round ofBare = median(bares);
    Round ofIntake = median(intakes);
    System.out.printf("%s, %d connections, %d bytes%n", what, CONNECTIONS, request.length);
    System.out.printf("  bare   %s%n", ofBare.text(request.length));
    System.out.printf("  intake %s%n", ofIntake.text(request.length));
    System.out.printf("  ratio  %.2f%n", ofIntake.perSecond() / ofBare.perSecond());
  }

  private static void withLatency(String what, byte[] request, int intake) throws Exception {
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS - WARM_UP_ROUNDS; i++) {
      rounds.add(round(request, intake));
    }
    rounds.sort((a, b) -> Double.compare(a.perSecond(), b.perSecond()));
    System.out.printf("%s, Kinesis answers after %d ms%n", what, LATENCY_NANOS / 1_000_000);
    System.out.printf("  intake %s%n", rounds.get(rounds.size() / 2).text(request.length));
  }

  /** Both at once: each request has its time, from when it counts, however long others take. */
  private static void atFixedRate(byte[] request, int bare, int intake) throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    Future<Round> ofBare = both.submit(() -> roundAtFixedRate(request, bare));
    Future<Round> ofIntake = both.submit(() -> roundAtFixedRate(request, intake));
    both.shutdown();
    System.out.printf("single records at %d requests/s to each%n", REQUESTS_A_SECOND);
    System.out.printf("  bare   %s%n", ofBare.get().times());
    System.out.printf("  intake %s%n", ofIntake.get().times());
  }

  private static Round roundAtFixedRate(byte[] request, int port) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    long start = System.nanoTime();
    long interval = TimeUnit.SECONDS.toNanos(CONNECTIONS) / REQUESTS_A_SECOND;
    List<Future<long[]>> all = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      long first = start + i * interval / CONNECTIONS;
      all.add(clients.submit(() -> latencies(request, port, first, interval)));
    }
    clients.shutdown();
    return Round.of(all, 0);
  }

  private static long[] latencies(byte[] request, int port, long first, long interval)
      throws IOException {
    long[] latencies = new long[(int) (ROUND_NANOS / interval)];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int i = 0; i < latencies.length; i++) {
        long due = first + i * interval;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        socket.getOutputStream().write(request);
        readAnswer(in);
        latencies[i] = System.nanoTime() - due;
      }
    }
    return latencies;
  }

  private static Round median(List<Round> rounds) {
    return rounds.stream()
        .skip(WARM_UP_ROUNDS)
        .sorted((a, b) -> Double.compare(a.perSecond(), b.perSecond()))
        .toList()
        .get((ROUNDS - WARM_UP_ROUNDS) / 2);
  }

  private static Round round(byte[] request, int port) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    long cpu = PROCESS.getProcessCpuTime();
    long until = System.nanoTime() + ROUND_NANOS;
    Callable<long[]> client = () -> latencies(request, port, until);
    List<Future<long[]>> all = clients.invokeAll(Collections.nCopies(CONNECTIONS, client));
    clients.shutdown();
    return Round.of(all, PROCESS.getProcessCpuTime() - cpu);
  }

  private static long[] latencies(byte[] request, int port, long until) throws IOException {
    long[] latencies = new long[1_000];
    int count = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (long start = System.nanoTime(); start < until; start = System.nanoTime()) {
        socket.getOutputStream().write(request);
        readAnswer(in);
        if (count == latencies.length) {
          latencies = Arrays.copyOf(latencies, 2 * count);
        }
        latencies[count++] = System.nanoTime() - start;
      }
    }
    return Arrays.copyOf(latencies, count);
  }

  private static void readAnswer(InputStream in) throws IOException {
    if (!line(in).contains(" 200 ")) {
      throw new IOException("Not taken");
    }
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("Closed");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /** Each announces 20 MiB, sends half a MiB and then nothing. */
  private static void slowClients(int port) throws Exception {
    long before = usedAfterCollection();
    byte[] head =
        "POST /api/ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 20971520\r\n\r\n"
            .getBytes(ISO_8859_1);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_CLIENTS; i++) {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        slow.add(client);
        client.getOutputStream().write(head);
        client.getOutputStream().write(new byte[1 << 19]);
      }
      long after = usedAfterCollection();
      System.out.printf(
          "%d slow clients that sent %d MiB: %d MiB more in use%n",
          SLOW_CLIENTS, SLOW_CLIENTS / 2, (after - before) >> 20);
    } finally {
      for (Socket client : slow) {
        client.close();
      }
    }
  }

  private static long usedAfterCollection() throws InterruptedException {
    // What was written must have been read before it is counted.
    TimeUnit.SECONDS.sleep(2);
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static byte[] request(byte[] body) {
    byte[] head =
        "POST /api/ingest HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.length)
            .getBytes(ISO_8859_1);
    byte[] request = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  /**
   * A round.
   *
   * @param latencies how long each request took, in order, in nanoseconds
   * @param cpu time of all threads, clients included, in nanoseconds
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Round(long[] latencies, long cpu) {

    static Round of(List<Future<long[]>> clients, long cpu) throws Exception {
      List<long[]> latencies = new ArrayList<>();
      for (Future<long[]> client : clients) {
        latencies.add(client.get());
      }
      return new Round(latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray(), cpu);
    }

    double perSecond() {
      return latencies.length / (ROUND_NANOS / 1e9);
    }

    String text(int bytes) {
      return "%.0f requests/s, %.1f MB/s, %.0f µs CPU a request, %s"
          .formatted(perSecond(), perSecond() * bytes / 1e6, cpu / 1e3 / latencies.length, times());
    }

    String times() {
      return "p50 %.1f ms, p99 %.1f ms"
          .formatted(
              latencies[latencies.length / 2] / 1e6, latencies[latencies.length * 99 / 100] / 1e6);
    }
  }

  /** Acknowledges whatever is put. */
  private static final class Acknowledging implements KinesisClient {

    private static final PutRecordsResultEntry DONE =
        PutRecordsResultEntry.builder().sequenceNumber("1").shardId("shardId-0").build();

    private volatile long delayNanos;

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
      LockSupport.parkNanos(delayNanos);
      return PutRecordsResponse.builder()
          .failedRecordCount(0)
          .records(Stream.generate(() -> DONE).limit(request.records().size()).toList())
          .build();
    }

    @Override
    public String serviceName() {
      return "kinesis";
    }

    @Override
    public void close() {}
  }

  /** Takes whatever is written. */
  private static final class NoState implements S3Client {

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      return PutObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }
}
