package routes.faults;

import static software.amazon.awssdk.core.SdkSystemSetting.CBOR_ENABLED;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import routes.LakeFigures;
import routes.Postgres;
import routes.Settings;
import routes.cloud.AwsClients;
import routes.cloud.Resources;
import routes.kafka.KafkaBroker;
import routes.kafka.KinesisOverKafka;
import routes.local.LocalCloud;
import routes.local.kinesis.KinesisOptions;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.signal.Layer;
import routes.signal.Signal;
import routes.signal.Signals;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Everything a storm takes place on: the cloud in this process, the faults before it, and the
 * application in processes that come and go. The clients here reach the cloud past the faults.
 */
final class Stage implements AutoCloseable {

  static final String STREAM = "logs";
  static final String LAKE = "lake";
  static final Signals SIGNALS =
      new Signals(
          List.of(
              new Signals.Place(Signal.LOGS, STREAM, LAKE),
              new Signals.Place(Signal.METRICS, "metrics", "metrics-lake"),
              new Signals.Place(Signal.TRACES, "traces", "traces-lake")));

  /** The batch layer's, which every other storm has. */
  private static final Signals BATCH =
      new Signals(
          SIGNALS.places().stream()
              .map(
                  place ->
                      new Signals.Place(place.signal(), place.stream(), place.bucket() + "-batch"))
              .toList());

  static final String TOKEN = "token";
  static final RecordParser PARSER =
      new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);
  private static final String STATE = "state";
  private static final String QUEUE = "dead-letters";
  private static final String REGION = "us-east-1";
  private static final List<Map<String, String>> FORMATS =
      List.of(
          Map.of("OUTPUT_COMPRESSION", "none"),
          Map.of("OUTPUT_COMPRESSION", "gzip"),
          Map.of("OUTPUT_COMPRESSION", "zstd"),
          Map.of("OUTPUT_FORMAT", "parquet"));

  private final Path directory;
  private final Optional<KafkaBroker> kafka;
  private final FaultPlan plan;
  private final KinesisTrouble kinesisTrouble;
  private final LocalCloud cloud;
  private final FaultProxy proxy;
  private final AwsClients clients;
  private final AwsClients streams;
  private final String queueUrl;
  private final int intakePort;
  private final int dashboardPort;
  private final int rivalDashboardPort;
  private final Map<String, String> format;
  private final Optional<EmbeddedPostgres> postgres = Postgres.start();
  private final List<AppProcess> processes = new CopyOnWriteArrayList<>();
  private final Thread killAll = new Thread(this::killAll);

  /**
   * @param directory empty; data, inbox and the processes' logs go here
   */
  Stage(Path directory, Random random, Tally tally) throws IOException {
    this(directory, random, tally, 2, Optional.empty(), Optional.empty());
  }

  /**
   * @param kinesis in place of the cloud's own; where it speaks JSON alone, this process must have
   *     been told, and tells those it starts
   * @param kafka in place of any Kinesis
   */
  Stage(
      Path directory,
      Random random,
      Tally tally,
      int shards,
      Optional<URI> kinesis,
      Optional<KafkaBroker> kafka)
      throws IOException {
    this.directory = directory;
    this.kafka = kafka;
    plan = new FaultPlan(new Random(random.nextLong()), tally);
    kinesisTrouble = new KinesisTrouble(new Random(random.nextLong()), tally);
    format = FORMATS.get(random.nextInt(FORMATS.size()));
    intakePort = freePort();
    dashboardPort = freePort();
    rivalDashboardPort = freePort();
    Files.createDirectories(inbox());
    Files.createDirectories(drafts());
    cloud =
        LocalCloud.start(
            directory.resolve("data"),
            "127.0.0.1",
            0,
            KinesisOptions.defaults().withFaults(kinesisTrouble),
            Clock.systemUTC());
    URI stream = kinesis.orElse(cloud.endpoint());
    proxy = new FaultProxy(cloud.endpoint(), stream, plan, tally);
    clients = AwsClients.ofEmbedded(cloud.endpoint(), REGION);
    // Another's Kinesis wants to see a signature.
    AwsClients kinds =
        kinesis.isPresent()
            ? AwsClients.of(stream, REGION, true, true)
            : AwsClients.ofEmbedded(stream, REGION);
    streams =
        kafka
            .map(broker -> kinds.withStreamsOf(new KinesisOverKafka(broker.settings())))
            .orElse(kinds);
    Resources resources = new Resources(kinesis(), clients.s3(), clients.sqs());
    SIGNALS.streams().forEach(name -> resources.ensureStream(name, shards));
    SIGNALS.buckets().forEach(resources::ensureBucket);
    BATCH.buckets().forEach(resources::ensureBucket);
    resources.ensureBucket(STATE);
    queueUrl = resources.ensureQueue(QUEUE);
    Runtime.getRuntime().addShutdownHook(killAll);
  }

  /** Starts the whole application. */
  AppProcess startAll() throws IOException {
    return start("all", Map.of("ROLE", "all"), dashboardPort);
  }

  /** Starts a second worker for the same shards. */
  AppProcess startRival() throws IOException {
    return start("deliver", Map.of("ROLE", "deliver"), rivalDashboardPort);
  }

  /** Starts the way onto the streams alone. */
  AppProcess startIntake() throws IOException {
    return start("intake", Map.of("ROLE", "intake"), dashboardPort);
  }

  /** Starts a worker that only delivers and shares the shards with others of its kind. */
  AppProcess startWorker(String name, URI dynamoDb) throws IOException {
    return startWorker(
        name,
        Map.of("SHARD_COORDINATION", "kcl", "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString()));
  }

  /** The same on Kafka. */
  AppProcess startWorker(String name) throws IOException {
    return startWorker(name, Map.of("SHARD_COORDINATION", "group"));
  }

  private AppProcess startWorker(String name, Map<String, String> shared) throws IOException {
    Map<String, String> part = new HashMap<>(shared);
    part.put("ROLE", "deliver");
    // Its records have no ids; whoever takes a shard over looks back so far.
    part.put("DEDUPE_WINDOW_MS", "60000");
    // Few objects: each is looked for among those of its partition.
    part.put("FLUSH_INTERVAL_MS", "5000");
    return start(name, part, 0);
  }

  FaultPlan plan() {
    return plan;
  }

  AwsClients clients() {
    return clients;
  }

  Shards shards() {
    return shards(Signal.LOGS);
  }

  Shards shards(Signal signal) {
    return new Shards(kinesis(), stream(signal));
  }

  static String stream(Signal signal) {
    return SIGNALS.find(signal).orElseThrow().stream();
  }

  static String bucket(Signal signal) {
    return bucket(Layer.RAW, signal);
  }

  static String bucket(Layer layer, Signal signal) {
    Signals signals = layer == Layer.RAW ? SIGNALS : BATCH;
    return signals.find(signal).orElseThrow().bucket();
  }

  /** The layers that are delivered: with every even seed the batch layer too. */
  static List<Layer> layers() {
    return Aftermath.SEED % 2 == 0 ? List.of(Layer.RAW, Layer.BATCH) : List.of(Layer.RAW);
  }

  KinesisClient kinesis() {
    return streams.kinesis();
  }

  URI intake() {
    return URI.create("http://127.0.0.1:%d/api/ingest".formatted(intakePort));
  }

  URI dashboard() {
    return URI.create("http://127.0.0.1:" + dashboardPort);
  }

  URI rivalDashboard() {
    return URI.create("http://127.0.0.1:" + rivalDashboardPort);
  }

  Path inbox() {
    return directory.resolve("inbox");
  }

  Path drafts() {
    return directory.resolve("drafts");
  }

  String queueUrl() {
    return queueUrl;
  }

  /** Whether anything is counted: there may be no PostgreSQL for this machine. */
  boolean counts() {
    return postgres.isPresent();
  }

  /** What is counted of each signal. */
  Map<Signal, Map<String, String>> figures() throws SQLException {
    Map<Signal, Map<String, String>> figures = new EnumMap<>(Signal.class);
    try (Connection connection = postgres.orElseThrow().getPostgresDatabase().getConnection()) {
      for (Signal signal : Signal.values()) {
        figures.put(signal, LakeFigures.ofDatabase(connection, signal));
      }
    }
    return figures;
  }

  /** What should be. */
  Map<Signal, Map<String, String>> figuresOfLake() throws SQLException {
    Map<Signal, Map<String, String>> figures = new EnumMap<>(Signal.class);
    for (Signal signal : Signal.values()) {
      Path objects = directory.resolve("data/s3").resolve(bucket(signal));
      figures.put(signal, LakeFigures.ofLake(objects, signal, format.containsValue("parquet")));
    }
    return figures;
  }

  /** From now on nothing goes wrong. */
  void calm() {
    plan.end();
    kinesisTrouble.end();
  }

  /** Asks whatever still runs to stop, one after the other. */
  void stopAll() throws InterruptedException {
    for (AppProcess process : processes) {
      process.stop();
    }
  }

  /** The exit codes of the processes that ended though nobody asked them to. */
  List<Integer> unexpectedExits() {
    return processes.stream().flatMap(process -> process.unexpectedExit().stream()).toList();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(killAll);
    killAll();
    streams.close();
    clients.close();
    proxy.close();
    cloud.close();
    postgres.ifPresent(Postgres::close);
  }

  private void killAll() {
    processes.forEach(AppProcess::kill);
  }

  /** Those of the app, whatever its part. */
  Settings settings() {
    return Settings.load(environment());
  }

  private AppProcess start(String name, Map<String, String> part, int dashboard)
      throws IOException {
    Map<String, String> environment = environment();
    environment.put("DASHBOARD_PORT", Integer.toString(dashboard));
    environment.put("SPOOL_DIR", directory.resolve("spool").resolve(name).toString());
    environment.putAll(part);
    AppProcess process = new AppProcess(environment, directory.resolve(name + ".log"));
    processes.add(process);
    return process;
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("CLOUD", "aws");
    environment.put("AWS_ENDPOINT_URL", proxy.endpoint().toString());
    environment.put("AWS_REGION", REGION);
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("INGEST_PORT", Integer.toString(intakePort));
    environment.put("OTLP_GRPC_PORT", "0");
    environment.put("INGEST_HOST", "127.0.0.1");
    environment.put("DASHBOARD_TOKEN", TOKEN);
    environment.put("DASHBOARD_HOST", "127.0.0.1");
    environment.put("INBOX_DIR", inbox().toString());
    environment.put("KINESIS_STREAM_NAME", STREAM);
    environment.put("TARGET_BUCKET", LAKE);
    environment.put("METRICS_STREAM_NAME", stream(Signal.METRICS));
    environment.put("METRICS_BUCKET", bucket(Signal.METRICS));
    environment.put("APM_STREAM_NAME", stream(Signal.TRACES));
    environment.put("APM_BUCKET", bucket(Signal.TRACES));
    environment.put("STATE_BUCKET", STATE);
    environment.put("DLQ_QUEUE_NAME", QUEUE);
    environment.put("FLUSH_INTERVAL_MS", "2000");
    environment.put("FLUSH_MAX_RECORDS", "300");
    environment.put("BATCH_SIZE", "500");
    environment.put("DEDUPE_WINDOW_MS", "600000");
    postgres.ifPresent(
        database -> {
          environment.put(
              "SPEED_JDBC_URL",
              "jdbc:postgresql://localhost:%d/postgres".formatted(database.getPort()));
          environment.put("SPEED_USER", "postgres");
          environment.put("SPEED_INTERVAL", "0.5");
        });
    environment.putAll(format);
    environment.put("BATCH", Boolean.toString(layers().contains(Layer.BATCH)));
    environment.put("BATCH_LOGS_BUCKET", bucket(Layer.BATCH, Signal.LOGS));
    environment.put("BATCH_METRICS_BUCKET", bucket(Layer.BATCH, Signal.METRICS));
    environment.put("BATCH_APM_BUCKET", bucket(Layer.BATCH, Signal.TRACES));
    environment.put("BATCH_FLUSH_INTERVAL_MS", "8000");
    environment.put("BATCH_FLUSH_RECORDS", "2000");
    // So little that most of what is open is on disk.
    environment.put("BATCH_BUFFER_BYTES", "1MB");
    environment.put("ROUTES_RELOAD", "false");
    kafka.ifPresent(
        broker -> {
          environment.put("STREAM", "kafka");
          environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.address());
        });
    environment.put(CBOR_ENABLED.environmentVariable(), CBOR_ENABLED.getStringValueOrThrow());
    return environment;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
