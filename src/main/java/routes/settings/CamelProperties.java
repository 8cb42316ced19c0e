package routes.settings;

import java.net.URI;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import routes.record.FieldNames;

/** Settings in the plain form Camel's components and expressions take. */
final class CamelProperties {

  private CamelProperties() {}

  static NavigableMap<String, String> of(Settings settings) {
    NavigableMap<String, String> to = new TreeMap<>();
    to.put("app.role", name(settings.role()));
    to.put("log.format", name(settings.logFormat()));
    put(to, settings.aws());
    put(to, settings.localCloud());
    put(to, settings.intake());
    put(to, settings.fields());
    put(to, settings.kinesis());
    put(to, settings.sharing());
    put(to, settings.lake());
    put(to, settings.delivery());
    to.put("dashboard.host", settings.dashboard().host());
    to.put("dashboard.port", Integer.toString(settings.dashboard().port()));
    to.put("tls.keystore", settings.tls().map(tls -> tls.keystore().toString()).orElse(""));
    putRoutes(to, settings.routes(), settings.role());
    return to;
  }

  private static void put(NavigableMap<String, String> to, AwsSettings aws) {
    to.put("aws.cloud", name(aws.cloud()));
    to.put("aws.endpoint-url", aws.endpointUrl().map(URI::toString).orElse(""));
    to.put("aws.region", aws.region());
    to.put("aws.force-path-style", Boolean.toString(aws.forcePathStyle()));
    to.put("aws.create-resources", Boolean.toString(aws.createResources()));
  }

  private static void put(NavigableMap<String, String> to, LocalCloudSettings localCloud) {
    to.put("local-cloud.host", localCloud.host());
    to.put("local-cloud.port", Integer.toString(localCloud.port()));
    to.put("local-cloud.data-dir", localCloud.dataDir().toString());
  }

  private static void put(NavigableMap<String, String> to, IntakeSettings intake) {
    to.put("ingest.host", intake.host());
    to.put("ingest.port", Integer.toString(intake.port()));
    to.put("ingest.max-body-bytes", Integer.toString(intake.limits().bodyBytes()));
    to.put("ingest.buffer-bytes", Long.toString(intake.limits().bufferBytes()));
    to.put("ingest.request-timeout-ms", Long.toString(intake.limits().requestTime().toMillis()));
    to.put("ingest.idle-timeout-ms", Long.toString(intake.limits().idleTime().toMillis()));
    to.put("inbox.dir", intake.inboxDir().toString());
    to.put("inbox.finished-after-ms", Long.toString(intake.finishedAfter().toMillis()));
    to.put("inbox.when-finished", name(intake.whenFinished()));
  }

  private static void put(NavigableMap<String, String> to, FieldNames fields) {
    to.put("fields.timestamp", String.join(",", fields.timestamp()));
    to.put("fields.service", String.join(",", fields.service()));
    to.put("fields.level", String.join(",", fields.level()));
    to.put("fields.message", String.join(",", fields.message()));
  }

  private static void put(NavigableMap<String, String> to, KinesisSettings kinesis) {
    to.put("kinesis.stream-name", kinesis.streamName());
    to.put("kinesis.enabled", Boolean.toString(kinesis.enabled()));
    to.put("kinesis.shard-count", Integer.toString(kinesis.shardCount()));
    to.put("kinesis.poll-interval", Long.toString(kinesis.pollInterval().toMillis()));
    to.put("kinesis.batch-size", Integer.toString(kinesis.batchSize()));
    to.put("kinesis.partition-key-spread", KeySpread.text(kinesis.keySpread()));
    to.put("kinesis.aggregation", Boolean.toString(kinesis.aggregation()));
    to.put("kinesis.publish-buffer-bytes", Integer.toString(kinesis.publishBufferBytes()));
  }

  private static void put(NavigableMap<String, String> to, SharingSettings sharing) {
    to.put("shards.coordination", name(sharing.coordination()));
    to.put("shards.application-name", sharing.application());
    to.put("shards.lease-duration-ms", Long.toString(sharing.lease().toMillis()));
    to.put("shards.cloudwatch-metrics", Boolean.toString(sharing.metrics()));
    to.put("aws.dynamodb-endpoint-url", sharing.dynamoDb().map(URI::toString).orElse(""));
  }

  private static void put(NavigableMap<String, String> to, LakeSettings lake) {
    to.put("lake.bucket", lake.bucket());
    to.put("state.bucket", lake.stateBucket());
    to.put("dead-letter.queue", lake.deadLetterQueue());
    to.put("dead-letter.http", Boolean.toString(lake.httpDeadLetters()));
  }

  private static void put(NavigableMap<String, String> to, DeliverySettings delivery) {
    to.put("flush.max-records", Integer.toString(delivery.flushRecords()));
    to.put("flush.interval-ms", Long.toString(delivery.flushInterval().toMillis()));
    to.put("flush.max-bytes", Long.toString(delivery.flushBytes()));
    to.put("delivery.buffer-bytes", Long.toString(delivery.bufferBytes()));
    to.put("delivery.dedupe-window-ms", Long.toString(delivery.dedupeWindow().toMillis()));
    to.put(
        "delivery.checkpoint-interval-ms", Long.toString(delivery.checkpointInterval().toMillis()));
    to.put("delivery.max-future-hours", Long.toString(delivery.maxFuture().toHours()));
    to.put("delivery.accept-settings-change", Boolean.toString(delivery.acceptsSettingsChange()));
    to.put("output.format", name(delivery.format()));
    to.put("output.compression", name(delivery.compression()));
  }

  private static void putRoutes(NavigableMap<String, String> to, RoutesSettings routes, Role role) {
    to.put("routes.dir", routes.realDir().toString());
    to.put("routes.reload", Boolean.toString(routes.reload() && routes.onDisk()));
    if (!routes.onDisk()) {
      to.put("camel.main.routes-include-pattern", "classpath:routes-yaml/*.yaml");
    }
    if (!role.takesIn()) {
      to.put("camel.main.routes-exclude-pattern", "**/ingest-*.yaml,**/health.yaml");
      to.put("camel.server.enabled", "false");
    }
    if (!role.delivers()) {
      to.put("camel.main.routes-exclude-pattern", "**/deliver.yaml");
    }
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
