package routes.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the shards are shared between processes.
 *
 * @param application names the lease table in DynamoDB
 * @param lease how long a process that gives no sign of life keeps its shards
 * @param metrics whether the Kinesis Client Library's metrics go to CloudWatch
 * @param dynamoDb the endpoint of DynamoDB where it is not that of the other services
 */
public record SharingSettings(
    ShardCoordination coordination,
    String application,
    Duration lease,
    boolean metrics,
    Optional<URI> dynamoDb) {

  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{3,200}");

  static SharingSettings from(SettingsFile file, Cloud cloud) {
    Value coordination = file.value("shards.coordination");
    Value dynamoDb = file.value("aws.dynamodb-endpoint-url");
    ShardCoordination asked = coordination.oneOf(ShardCoordination.class);
    if (asked == ShardCoordination.KCL && cloud == Cloud.EMBEDDED && !dynamoDb.isSet()) {
      throw coordination.refused(
          "needs DynamoDB, which the embedded cloud does not have: set AWS_ENDPOINT_URL_DYNAMODB, or use AWS or an emulator (AWS_ENDPOINT_URL)");
    }
    return new SharingSettings(
        asked,
        file.value("shards.application-name")
            .matching(TABLE_NAME, "3 to 200 letters, digits, dots, hyphens and underscores"),
        file.value("shards.lease-duration-ms").millis(2_000, 300_000),
        file.value("shards.cloudwatch-metrics").flag(),
        dynamoDb.isSet() ? Optional.of(dynamoDb.url()) : Optional.empty());
  }
}
