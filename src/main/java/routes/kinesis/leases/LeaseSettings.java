package routes.kinesis.leases;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import routes.settings.Cloud;
import routes.settings.SettingsReader;
import routes.settings.Value;
import routes.signal.Layer;
import routes.signal.Signal;

/**
 * How the shards are shared between processes.
 *
 * @param application names the lease table in DynamoDB, or the consumer group of Kafka
 * @param lease how long a process that gives no sign of life keeps its shards
 * @param metrics whether the Kinesis Client Library's metrics go to CloudWatch
 * @param dynamoDb the endpoint of DynamoDB where it is not that of the other services
 */
public record LeaseSettings(
    ShardCoordination coordination,
    String application,
    Duration lease,
    boolean metrics,
    Optional<URI> dynamoDb) {

  /** How several delivering processes divide the shards of the stream. */
  public enum ShardCoordination {
    /** Not at all: each reads all of them. */
    NONE,
    /** By leases of the Kinesis Client Library. */
    KCL,
    /** By consumer groups of Kafka. */
    GROUP
  }

  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{3,200}");

  /**
   * The name of the lease table or group of a layer and a signal's stream; that of the raw layer's
   * logs is the application's.
   */
  public String application(Layer layer, Signal signal) {
    String ofLayer = layer.suffixed(application);
    return signal == Signal.LOGS ? ofLayer : ofLayer + "-" + signal.word();
  }

  /** Reads them. */
  public static LeaseSettings from(SettingsReader reader, Cloud cloud, boolean kafka) {
    Value coordination = reader.value("shards.coordination");
    Value dynamoDb = reader.value("aws.dynamodb-endpoint-url");
    ShardCoordination asked = coordination.oneOf(ShardCoordination.class);
    if (asked == (kafka ? ShardCoordination.KCL : ShardCoordination.GROUP)) {
      throw coordination.refused(
          kafka ? "must be none or group where STREAM=kafka" : "must be none or kcl on Kinesis");
    }
    if (asked == ShardCoordination.KCL && cloud == Cloud.EMBEDDED && !dynamoDb.isSet()) {
      throw coordination.refused(
          "needs DynamoDB, which the embedded cloud does not have: set AWS_ENDPOINT_URL_DYNAMODB, or use AWS or an emulator (AWS_ENDPOINT_URL)");
    }
    return new LeaseSettings(
        asked,
        reader
            .value("shards.application-name")
            .matching(TABLE_NAME, "3 to 200 letters, digits, dots, hyphens and underscores"),
        reader.value("shards.lease-duration-ms").millis(2_000, 300_000),
        reader.value("shards.cloudwatch-metrics").flag(),
        dynamoDb.ifSet(Value::url));
  }
}
