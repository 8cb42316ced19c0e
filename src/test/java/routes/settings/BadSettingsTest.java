package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.Settings;

class BadSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ROLE=reader                      | must be one of all, intake, deliver, cloud, demo
          CLOUD=local                      | must be one of embedded, aws
          AWS_REGION=Frankfurt             | must be a region such as us-east-1
          AWS_DEFAULT_REGION=a b           | must be a region such as us-east-1
          AWS_ENDPOINT_URL=localhost:4566  | must be http:// or https:// with a host and without credentials
          AWS_ENDPOINT_URL=http://         | must be http:// or https:// with a host and without credentials
          AWS_ENDPOINT_URL=ftp://a         | must be http:// or https:// with a host and without credentials
          S3_FORCE_PATH_STYLE=1            | must be true or false
          CREATE_RESOURCES=yes             | must be true or false
          LOCAL_CLOUD_PORT=-1              | must be 0 to 65535 (0 = any free port)
          LOCAL_CLOUD_HOST=a b             | must be an IP address or host name of this machine
          INGEST_PORT=65536                | must be 0 to 65535 (0 = any free port)
          INGEST_PORT=http                 | must be 0 to 65535 (0 = any free port)
          INGEST_HOST=http://a             | must be an IP address or host name of this machine
          DASHBOARD_PORT=8010.0            | must be 0 to 65535 (0 = any free port)
          DASHBOARD_HOST=a/b               | must be an IP address or host name of this machine
          INGEST_MAX_BODY_BYTES=2GB        | must be bytes from 1048576 to 1073741824, also with KB, MB or GB (1 KB = 1024 bytes)
          INGEST_BUFFER_BYTES=59MB         | must be at least three times INGEST_MAX_BODY_BYTES: a body is there as it came, and twice while it is decompressed
          INGEST_REQUEST_TIMEOUT_MS=999    | must be 1000 to 3600000 milliseconds
          INGEST_IDLE_TIMEOUT_MS=20000     | must be 30000 to 3600000 milliseconds
          INBOX_WHEN_FINISHED=archive      | must be one of move, keep, delete
          INBOX_FINISHED_AFTER_MS=-1       | must be 0 to 604800000 milliseconds
          TIMESTAMP_FIELDS=ts,time         | must include the name timestamp itself
          SERVICE_FIELDS=service,,app      | must not have a name that is blank or there twice
          LEVEL_FIELDS=level,level         | must not have a name that is blank or there twice
          MESSAGE_FIELDS=Message           | must include the name message itself
          KINESIS_STREAM_NAME=a/b          | must be 1 to 128 letters, digits, dots, hyphens and underscores
          STREAM_NAME=a/b                  | must be 1 to 128 letters, digits, dots, hyphens and underscores
          KINESIS_ENABLED=on               | must be true or false
          KINESIS_SHARD_COUNT=0            | must be 1 to 10000
          POLL_INTERVAL=-0.1               | must be 0 to 240 seconds, decimals allowed
          POLL_INTERVAL=241                | must be 0 to 240 seconds, decimals allowed
          POLL_INTERVAL=1s                 | must be 0 to 240 seconds, decimals allowed
          BATCH_SIZE=0                     | must be 1 to 10000
          BATCH_SIZE=10001                 | must be 1 to 10000
          PARTITION_KEY_SPREAD=checkout    | must be services, each once, with 1 to 10000 keys, such as checkout:8,search:2
          PARTITION_KEY_SPREAD=:4          | must be services, each once, with 1 to 10000 keys, such as checkout:8,search:2
          PARTITION_KEY_SPREAD=a:          | must be services, each once, with 1 to 10000 keys, such as checkout:8,search:2
          PARTITION_KEY_SPREAD=a:0         | must be services, each once, with 1 to 10000 keys, such as checkout:8,search:2
          PARTITION_KEY_SPREAD=a:10001     | must be services, each once, with 1 to 10000 keys, such as checkout:8,search:2
          PARTITION_KEY_SPREAD=a:4,        | must be services, each once, with 1 to 10000 keys, such as checkout:8,search:2
          PARTITION_KEY_SPREAD=a:4,a:2     | must be services, each once, with 1 to 10000 keys, such as checkout:8,search:2
          KINESIS_AGGREGATION=kpl          | must be true or false
          PUBLISH_BUFFER_BYTES=1023KB      | must be bytes from 1048576 to 1073741824, also with KB, MB or GB (1 KB = 1024 bytes)
          SHARD_COORDINATION=zookeeper     | must be one of none, kcl, group
          SHARD_COORDINATION=group         | must be none or kcl on Kinesis
          STREAM=pulsar                    | must be one of kinesis, kafka
          SHARD_COORDINATION=kcl           | needs DynamoDB, which the embedded cloud does not have: set AWS_ENDPOINT_URL_DYNAMODB, or use AWS or an emulator (AWS_ENDPOINT_URL)
          AWS_ENDPOINT_URL_DYNAMODB=a      | must be http:// or https:// with a host and without credentials
          KCL_APPLICATION_NAME=a/b         | must be 3 to 200 letters, digits, dots, hyphens and underscores
          KCL_LEASE_DURATION_MS=1999       | must be 2000 to 300000 milliseconds
          KCL_CLOUDWATCH_METRICS=1         | must be true or false
          TARGET_BUCKET=My_Bucket          | must be 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends, no two dots together
          STATE_BUCKET=a..b                | must be 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends, no two dots together
          STATE_BUCKET=md-raw-logs         | must not be TARGET_BUCKET too; checkpoints need a bucket of their own
          DLQ_QUEUE_NAME=dead.fifo         | must be 1 to 80 letters, digits, hyphens and underscores (a standard queue, not .fifo)
          FLUSH_MAX_RECORDS=0              | must be 1 to 10000000
          FLUSH_INTERVAL_MS=0              | must be 1 to 43200000 milliseconds
          FLUSH_INTERVAL_MS=43200001       | must be 1 to 43200000 milliseconds
          MAX_BATCH_BYTES=0                | must be bytes from 1 to 1073741824, also with KB, MB or GB (1 KB = 1024 bytes)
          MAX_BATCH_BYTES=5 megs           | must be bytes from 1 to 1073741824, also with KB, MB or GB (1 KB = 1024 bytes)
          MAX_BATCH_BYTES=2GB              | must be bytes from 1 to 1073741824, also with KB, MB or GB (1 KB = 1024 bytes)
          DELIVERY_BUFFER_BYTES=1023KB     | must be bytes from 1048576 to 1099511627776, also with KB, MB or GB (1 KB = 1024 bytes)
          DELIVERY_BUFFER_BYTES=99999999999GB | must be bytes from 1048576 to 1099511627776, also with KB, MB or GB (1 KB = 1024 bytes)
          DELIVERY_BUFFER_BYTES=4MB        | must be at least MAX_BATCH_BYTES, or no object could reach its size; or set SPOOL_DIR
          BATCH=on                         | must be true or false
          BATCH_APM_BUCKET=off!            | must be 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends, no two dots together
          BATCH_FLUSH_RECORDS=0            | must be 1 to 10000000
          BATCH_FLUSH_INTERVAL_MS=43200001 | must be 1 to 43200000 milliseconds
          BATCH_FLUSH_BYTES=2GB            | must be bytes from 1 to 1073741824, also with KB, MB or GB (1 KB = 1024 bytes)
          BATCH_BUFFER_BYTES=1023KB        | must be bytes from 1048576 to 1099511627776, also with KB, MB or GB (1 KB = 1024 bytes)
          DEDUPE_WINDOW_MS=3600001         | must be 0 to 3600000 milliseconds
          CHECKPOINT_INTERVAL_MS=99        | must be 100 to 600000 milliseconds
          MAX_FUTURE_HOURS=-1              | must be 0 to 8760 hours
          OUTPUT_FORMAT=orc                | must be one of jsonl, parquet
          OUTPUT_COMPRESSION=snappy        | must be one of none, gzip, zstd
          ROUTES_RELOAD=maybe              | must be true or false
          DEMO=on                          | must be true or false
          DEMO_PORT=-1                     | must be 0 to 65535 (0 = any free port)
          DEMO_URL=localhost               | must be http:// or https:// with a host and without credentials
          DEMO_LOGS_PER_SECOND=0           | must be 1 to 1000000
          DEMO_SEED=-1                     | must be 0 to 2147483647
          DEMO_ANOMALIES_PER_HOUR=1001     | must be 0 to 1000
          OTLP_GRPC_PORT=none              | must be 0 to 65535 (0 = any free port), or off
          DASHBOARD_PORT=4317              | must not be OTLP_GRPC_PORT too; each needs a port of its own
          DASHBOARD_PORT=8004              | must not be INGEST_PORT too; each needs a port of its own
          LOCAL_CLOUD_PORT=8010            | must not be DASHBOARD_PORT too; each needs a port of its own
          """)
  void a_bad_value_is_named_with_what_is_allowed(String assignment, String reason) {
    String[] parts = assignment.split("=", 2);

    assertThatThrownBy(() -> Settings.load(Map.of(parts[0], parts[1])))
        .isInstanceOf(SettingsException.class)
        .hasMessage(assignment + ": " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BATCH_LOGS_BUCKET=md-raw-logs   | is another layer's or signal's bucket; each needs one of its own
          BATCH_APM_BUCKET=md-lake-logs   | is another layer's or signal's bucket; each needs one of its own
          STATE_BUCKET=md-lake-metrics    | must not be BATCH_METRICS_BUCKET too; checkpoints need a bucket of their own
          """)
  void the_batch_layer_has_buckets_of_its_own(String assignment, String reason) {
    String[] parts = assignment.split("=", 2);

    assertThatThrownBy(() -> Settings.load(Map.of("BATCH", "true", parts[0], parts[1])))
        .isInstanceOf(SettingsException.class)
        .hasMessage(assignment + ": " + reason);
    assertThat(Settings.load(Map.of(parts[0], parts[1])).resources().batch()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          KAFKA_BOOTSTRAP_SERVERS=kafka       | KAFKA_BOOTSTRAP_SERVERS=kafka: must be brokers with their ports, such as kafka-1:9092,kafka-2:9092
          KAFKA_BOOTSTRAP_SERVERS=            | KAFKA_BOOTSTRAP_SERVERS=: must be brokers with their ports, such as kafka-1:9092,kafka-2:9092
          KAFKA_CLIENT_PROPERTIES=nowhere.txt | KAFKA_CLIENT_PROPERTIES=nowhere.txt: cannot be read as Java properties (java.nio.file.NoSuchFileException: nowhere.txt)
          """)
  void kafka_is_reached_by_brokers_and_what_its_clients_are_told(String assignment, String reason) {
    String[] parts = assignment.split("=", 2);

    assertThatThrownBy(() -> Settings.load(Map.of("STREAM", "kafka", parts[0], parts[1])))
        .isInstanceOf(SettingsException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret,,", "s3 cret", "s3cr\u00e9t", "s3cret\nX: y"})
  void a_bad_secret_is_refused_without_showing_it(String value) {
    for (String variable : new String[] {"INGEST_API_KEYS", "DASHBOARD_TOKEN"}) {
      if (variable.equals("DASHBOARD_TOKEN") && value.indexOf(',') >= 0) {
        continue;
      }
      assertThatThrownBy(() -> Settings.load(Map.of(variable, value)))
          .isInstanceOf(SettingsException.class)
          .hasMessage(variable + ": each must be 1 to 256 visible ASCII characters, no spaces");
    }
  }

  @Test
  void a_password_in_a_url_is_refused_without_showing_it() {
    assertThatThrownBy(() -> Settings.load(Map.of("AWS_ENDPOINT_URL", "https://me:pw@host")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "AWS_ENDPOINT_URL=https://(hidden)@host: must be http:// or https:// with a host and"
                + " without credentials");
  }

  @Test
  void a_message_stays_one_line_of_bearable_length() {
    String nasty = "x\ny" + "z".repeat(10_000);

    assertThatThrownBy(() -> Settings.load(Map.of("TARGET_BUCKET", nasty)))
        .isInstanceOf(SettingsException.class)
        .message()
        .startsWith("TARGET_BUCKET=x?yzzz")
        .hasSizeLessThan(300);
  }

  @Test
  void a_path_that_is_none_is_refused() {
    assertThatThrownBy(() -> Settings.load(Map.of("DATA_DIR", "a\0b")))
        .isInstanceOf(SettingsException.class)
        .hasMessage("DATA_DIR=a?b: must be a path on this machine");
  }

  @Test
  void ports_that_are_not_opened_together_may_be_the_same() {
    assertThat(Settings.load(Map.of("INGEST_PORT", "0", "DASHBOARD_PORT", "0"))).isNotNull();
    assertThat(Settings.load(Map.of("CLOUD", "aws", "LOCAL_CLOUD_PORT", "8010"))).isNotNull();
    assertThat(Settings.load(Map.of("ROLE", "deliver", "DASHBOARD_PORT", "8004"))).isNotNull();
    assertThat(Settings.load(Map.of("DEMO_PORT", "8010"))).isNotNull();
    assertThat(Settings.load(Map.of("ROLE", "demo", "DEMO_PORT", "8010"))).isNotNull();
    assertThat(Settings.load(Map.of("ROLE", "cloud", "LOCAL_CLOUD_PORT", "8010"))).isNotNull();
  }
}
