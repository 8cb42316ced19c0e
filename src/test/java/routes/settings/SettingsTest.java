package routes.settings;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import routes.Settings;
import routes.cloud.AwsSettings;
import routes.cloud.ResourceSettings;
import routes.delivery.DeliverySettings;
import routes.delivery.LayerSettings;
import routes.delivery.OutputFormat;
import routes.demo.DemoSettings;
import routes.errors.ErrorsSettings;
import routes.format.Compression;
import routes.http.HttpLimits;
import routes.http.HttpSettings;
import routes.http.TlsSettings;
import routes.http.api.DashboardSettings;
import routes.inbox.WhenFinished;
import routes.ingest.IngestSettings;
import routes.kafka.KafkaSettings;
import routes.kinesis.leases.LeaseSettings;
import routes.kinesis.leases.LeaseSettings.ShardCoordination;
import routes.kinesis.publish.PublishSettings;
import routes.kinesis.read.ReadSettings;
import routes.local.LocalCloudSettings;
import routes.record.FieldNames;
import routes.record.RecordSettings;
import routes.reload.RoutesSettings;
import routes.signal.Layer;
import routes.signal.Level;
import routes.signal.Signal;
import routes.signal.Signals;
import routes.speed.SpeedSettings;
import routes.spool.SpoolSettings;

class SettingsTest {

  private static final long MB = 1024 * 1024;

  private static final Settings DEFAULTS =
      new Settings(
          Role.ALL,
          "text",
          new AwsSettings(Cloud.EMBEDDED, Optional.empty(), "us-east-1", true, true),
          new LocalCloudSettings("127.0.0.1", 4566, Path.of("./data")),
          new ResourceSettings(
              new Signals(
                  List.of(
                      new Signals.Place(Signal.LOGS, "stage01-logs-stream", "md-raw-logs"),
                      new Signals.Place(Signal.METRICS, "stage01-metrics-stream", "md-raw-metrics"),
                      new Signals.Place(Signal.TRACES, "stage01-apm-stream", "md-raw-apm"))),
              Optional.empty(),
              1,
              "md-ingest-state",
              "stage01-dlq"),
          Optional.empty(),
          new RecordSettings(FieldNames.DEFAULT, Duration.ofHours(24)),
          new IngestSettings(
              new HttpSettings(
                  "127.0.0.1",
                  8004,
                  OptionalInt.of(4317),
                  List.of(),
                  List.of(),
                  new HttpLimits(20 << 20, 64 * MB, Duration.ofMinutes(2), Duration.ofSeconds(75))),
              false,
              Path.of("./inbox"),
              Duration.ofSeconds(5),
              WhenFinished.MOVE,
              "job"),
          new PublishSettings(true, Map.of(), false, 64 << 20),
          new ReadSettings(Duration.ofSeconds(1), 10_000, true),
          new LeaseSettings(
              ShardCoordination.NONE, "camel-app", Duration.ofSeconds(5), false, Optional.empty()),
          new DeliverySettings(
              List.of(
                  new LayerSettings(
                      Layer.RAW,
                      10_000,
                      Duration.ofSeconds(10),
                      5 * MB,
                      Runtime.getRuntime().maxMemory() / 8,
                      OutputFormat.JSONL,
                      Compression.NONE)),
              new SpoolSettings(Optional.empty(), 10 * 1024L * MB),
              Duration.ofMinutes(1),
              Duration.ofSeconds(1),
              false,
              false),
          new SpeedSettings(
              "jdbc:h2:file:"
                  + Path.of("data", "figures").toAbsolutePath()
                  + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                  + ";LOCK_TIMEOUT=60000;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=8192",
              "camel-app",
              new Secret(""),
              Duration.ofSeconds(5),
              Duration.ofDays(8),
              Duration.ofDays(400)),
          new ErrorsSettings(Optional.empty(), Level.WARN),
          new DashboardSettings("127.0.0.1", 8010, Optional.empty(), Optional.empty()),
          Optional.empty(),
          new RoutesSettings(Path.of("routes-yaml"), true),
          new DemoSettings(
              false, 8000, Optional.empty(), Optional.empty(), 20, 1, 3, Path.of("./scenarios")),
          Collections.emptyNavigableMap());

  private static final Map<String, String> EVERY_VARIABLE =
      Map.ofEntries(
          entry("ROLE", "intake"),
          entry("BATCH", "true"),
          entry("BATCH_LOGS_BUCKET", "lake-batch"),
          entry("BATCH_METRICS_BUCKET", "metrics-batch"),
          entry("BATCH_APM_BUCKET", "traces-batch"),
          entry("BATCH_FLUSH_RECORDS", "200000"),
          entry("BATCH_FLUSH_INTERVAL_MS", "300000"),
          entry("BATCH_FLUSH_BYTES", "32MB"),
          entry("BATCH_BUFFER_BYTES", "512MB"),
          entry("LOG_FORMAT", "json"),
          entry("CLOUD", "aws"),
          entry("AWS_ENDPOINT_URL", "http://localstack:4566"),
          entry("AWS_REGION", "eu-central-1"),
          entry("AWS_DEFAULT_REGION", "eu-west-1"),
          entry("S3_FORCE_PATH_STYLE", "false"),
          entry("CREATE_RESOURCES", "true"),
          entry("LOCAL_CLOUD_PORT", "14566"),
          entry("LOCAL_CLOUD_HOST", "::1"),
          entry("DATA_DIR", "/var/lib/camel-app"),
          entry("INGEST_PORT", "18004"),
          entry("OTLP_GRPC_PORT", "OFF"),
          entry("INGEST_HOST", "10.0.0.1"),
          entry("INGEST_API_KEYS", "one, two"),
          entry("INGEST_ALLOWED_ORIGINS", "https://app.example.com, http://localhost:3000"),
          entry("INGEST_MAX_BODY_BYTES", "2MB"),
          entry("INGEST_BUFFER_BYTES", "1GB"),
          entry("INGEST_REQUEST_TIMEOUT_MS", "1000"),
          entry("INGEST_IDLE_TIMEOUT_MS", "30000"),
          entry("INBOX_DIR", "/var/spool/inbox"),
          entry("INBOX_WHEN_FINISHED", "keep"),
          entry("INBOX_FINISHED_AFTER_MS", "60000"),
          entry("TIMESTAMP_FIELDS", "when,timestamp"),
          entry("SERVICE_FIELDS", "service, kubernetes.container_name"),
          entry("LEVEL_FIELDS", "level"),
          entry("MESSAGE_FIELDS", "message,short_message"),
          entry("KINESIS_STREAM_NAME", "logs"),
          entry("STREAM_NAME", "not-this-one"),
          entry("METRICS_STREAM_NAME", "points"),
          entry("METRICS_BUCKET", "off"),
          entry("APM_STREAM_NAME", "spans"),
          entry("APM_BUCKET", "traces"),
          entry("REMOTE_WRITE_SERVICE_LABEL", "app"),
          entry("KINESIS_ENABLED", "false"),
          entry("KINESIS_SHARD_COUNT", "4"),
          entry("POLL_INTERVAL", "0.25"),
          entry("BATCH_SIZE", "500"),
          entry("KINESIS_READ_IN_PLACE", "false"),
          entry("PARTITION_KEY_SPREAD", "checkout:8, a:b:2"),
          entry("KINESIS_AGGREGATION", "true"),
          entry("PUBLISH_BUFFER_BYTES", "2MB"),
          entry("AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:8000"),
          entry("STREAM", "kafka"),
          entry("KAFKA_BOOTSTRAP_SERVERS", "kafka-1:9092,kafka-2:9092"),
          entry("KAFKA_CLIENT_PROPERTIES", "src/test/resources/kafka.properties"),
          entry("SHARD_COORDINATION", "group"),
          entry("KCL_APPLICATION_NAME", "delivery"),
          entry("KCL_LEASE_DURATION_MS", "3000"),
          entry("KCL_CLOUDWATCH_METRICS", "true"),
          entry("TARGET_BUCKET", "lake"),
          entry("STATE_BUCKET", "state"),
          entry("DLQ_QUEUE_NAME", "dead"),
          entry("DEAD_LETTER_HTTP", "true"),
          entry("FLUSH_MAX_RECORDS", "20000"),
          entry("FLUSH_INTERVAL_MS", "2000"),
          entry("MAX_BATCH_BYTES", "65536"),
          entry("DELIVERY_BUFFER_BYTES", "1GB"),
          entry("SPOOL_DIR", "/var/spool/open"),
          entry("SPOOL_MAX_BYTES", "2GB"),
          entry("DEDUPE_WINDOW_MS", "0"),
          entry("CHECKPOINT_INTERVAL_MS", "10000"),
          entry("MAX_FUTURE_HOURS", "1"),
          entry("ACCEPT_SETTINGS_CHANGE", "true"),
          entry("ACCEPT_UNCONDITIONAL_PUTS", "true"),
          entry("OUTPUT_FORMAT", "JSONL"),
          entry("OUTPUT_COMPRESSION", "zstd"),
          entry("SPEED_JDBC_URL", "jdbc:postgresql://db.example/figures?sslmode=verify-full"),
          entry("SPEED_USER", "counter"),
          entry("SPEED_PASSWORD", "sesame"),
          entry("SPEED_INTERVAL", "0.5"),
          entry("SPEED_KEEP_MINUTES_DAYS", "2"),
          entry("SPEED_KEEP_HOURS_DAYS", "30"),
          entry("ERRORS_LOG_GROUP", "/lake/errors"),
          entry("ERRORS_LEVEL", "Error"),
          entry("DASHBOARD_PORT", "18010"),
          entry("DASHBOARD_HOST", "localhost"),
          entry("DASHBOARD_TOKEN", "open-sesame"),
          entry("ALERT_WEBHOOK_URL", "https://hooks.example/T0/secret-path"),
          entry("TLS_KEYSTORE", "/run/secrets/server.p12"),
          entry("TLS_KEYSTORE_PASSWORD", "changeit"),
          entry("ROUTES_DIR", "/etc/routes"),
          entry("ROUTES_RELOAD", "FALSE"),
          entry("DEMO", "true"),
          entry("DEMO_PORT", "18000"),
          entry("DEMO_URL", "https://intake.example"),
          entry("DEMO_API_KEY", "demo-key"),
          entry("DEMO_LOGS_PER_SECOND", "500"),
          entry("DEMO_SEED", "42"),
          entry("DEMO_ANOMALIES_PER_HOUR", "0"),
          entry("DEMO_SCENARIOS_DIR", "/etc/scenarios"));

  @Test
  void no_variable_at_all_gives_the_defaults() {
    assertThat(Settings.load(Map.of()))
        .usingRecursiveComparison()
        .ignoringFields("properties")
        .isEqualTo(DEFAULTS);
  }

  @Test
  void every_variable_maps_to_its_setting() {
    assertThat(Settings.load(EVERY_VARIABLE))
        .usingRecursiveComparison()
        .ignoringFields("properties")
        .isEqualTo(
            new Settings(
                Role.INTAKE,
                "json",
                new AwsSettings(
                    Cloud.AWS,
                    Optional.of(URI.create("http://localstack:4566")),
                    "eu-central-1",
                    false,
                    true),
                new LocalCloudSettings("::1", 14566, Path.of("/var/lib/camel-app")),
                new ResourceSettings(
                    new Signals(
                        List.of(
                            new Signals.Place(Signal.LOGS, "logs", "lake"),
                            new Signals.Place(Signal.TRACES, "spans", "traces"))),
                    Optional.of(
                        new Signals(
                            List.of(
                                new Signals.Place(Signal.LOGS, "logs", "lake-batch"),
                                new Signals.Place(Signal.TRACES, "spans", "traces-batch")))),
                    4,
                    "state",
                    "dead"),
                Optional.of(
                    new KafkaSettings(
                        Map.of(
                            "bootstrap.servers", "kafka-1:9092,kafka-2:9092",
                            "security.protocol", "SSL"))),
                new RecordSettings(
                    new FieldNames(
                        List.of("when", "timestamp"),
                        List.of("service", "kubernetes.container_name"),
                        List.of("level"),
                        List.of("message", "short_message")),
                    Duration.ofHours(1)),
                new IngestSettings(
                    new HttpSettings(
                        "10.0.0.1",
                        18004,
                        OptionalInt.empty(),
                        List.of(new Secret("one"), new Secret("two")),
                        List.of("https://app.example.com", "http://localhost:3000"),
                        new HttpLimits(
                            2 << 20, 1024 * MB, Duration.ofSeconds(1), Duration.ofSeconds(30))),
                    true,
                    Path.of("/var/spool/inbox"),
                    Duration.ofMinutes(1),
                    WhenFinished.KEEP,
                    "app"),
                new PublishSettings(false, Map.of("checkout", 8, "a:b", 2), true, 2 << 20),
                new ReadSettings(Duration.ofMillis(250), 500, false),
                new LeaseSettings(
                    ShardCoordination.GROUP,
                    "delivery",
                    Duration.ofSeconds(3),
                    true,
                    Optional.of(URI.create("http://localhost:8000"))),
                new DeliverySettings(
                    List.of(
                        new LayerSettings(
                            Layer.RAW,
                            20_000,
                            Duration.ofSeconds(2),
                            64 * 1024,
                            1024 * MB,
                            OutputFormat.JSONL,
                            Compression.ZSTD),
                        new LayerSettings(
                            Layer.BATCH,
                            200_000,
                            Duration.ofMinutes(5),
                            32 * MB,
                            512 * MB,
                            OutputFormat.PARQUET,
                            Compression.NONE)),
                    new SpoolSettings(Optional.of(Path.of("/var/spool/open")), 2 * 1024L * MB),
                    Duration.ZERO,
                    Duration.ofSeconds(10),
                    true,
                    true),
                new SpeedSettings(
                    "jdbc:postgresql://db.example/figures?sslmode=verify-full",
                    "counter",
                    new Secret("sesame"),
                    Duration.ofMillis(500),
                    Duration.ofDays(2),
                    Duration.ofDays(30)),
                new ErrorsSettings(Optional.of("/lake/errors"), Level.ERROR),
                new DashboardSettings(
                    "localhost",
                    18010,
                    Optional.of(new Secret("open-sesame")),
                    Optional.of(new Secret("https://hooks.example/T0/secret-path"))),
                Optional.of(
                    new TlsSettings(Path.of("/run/secrets/server.p12"), new Secret("changeit"))),
                new RoutesSettings(Path.of("/etc/routes"), false),
                new DemoSettings(
                    true,
                    18000,
                    Optional.of(URI.create("https://intake.example")),
                    Optional.of(new Secret("demo-key")),
                    500,
                    42,
                    0,
                    Path.of("/etc/scenarios")),
                Collections.emptyNavigableMap()));
  }

  @Test
  void the_mapping_test_above_has_every_variable_of_the_file() throws IOException {
    assertThat(Listing.all())
        .flatExtracting(Listing::variables)
        .containsExactlyInAnyOrderElementsOf(EVERY_VARIABLE.keySet());
  }

  @Test
  void an_empty_variable_counts_as_unset() {
    Map<String, String> allEmpty =
        EVERY_VARIABLE.keySet().stream().collect(toMap(name -> name, name -> " "));

    assertThat(Settings.load(allEmpty))
        .usingRecursiveComparison()
        .ignoringFields("properties")
        .isEqualTo(DEFAULTS);
  }

  @Test
  void an_alias_counts_where_its_first_name_is_unset() {
    Settings settings =
        Settings.load(Map.of("STREAM_NAME", "logs", "AWS_DEFAULT_REGION", "eu-west-1"));

    assertThat(settings.resources().stream()).isEqualTo("logs");
    assertThat(settings.aws().region()).isEqualTo("eu-west-1");
  }

  @Test
  void an_object_stays_open_for_longer_where_each_costs() {
    assertThat(flushInterval(Map.of())).isEqualTo(Duration.ofSeconds(10));
    assertThat(flushInterval(Map.of("CLOUD", "aws"))).isEqualTo(Duration.ofMinutes(1));
    assertThat(flushInterval(Map.of("AWS_ENDPOINT_URL", "http://localstack:4566")))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(flushInterval(Map.of("FLUSH_INTERVAL_MS", "60000")))
        .isEqualTo(Duration.ofMinutes(1));
  }

  private static Duration flushInterval(Map<String, String> env) {
    return Settings.load(env).delivery().layers().get(0).flushInterval();
  }

  @Test
  void secrets_do_not_show_when_settings_are_printed() {
    assertThat(Settings.load(EVERY_VARIABLE).toString())
        .doesNotContain("one", "open-sesame", "changeit", "secret-path");
  }
}
