package routes.settings;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The stream between intake and lake.
 *
 * @param enabled false = the HTTP intake answers 503 and files wait
 * @param shardCount used only when this app creates the stream
 * @param pollInterval between two reads of a shard that has nothing more to give
 * @param batchSize records per read, 1 to 10,000 (limit of GetRecords)
 * @param keySpread for each busy service over how many partition keys it is spread
 * @param aggregation whether small records are gathered in KPL-aggregated ones
 * @param publishBufferBytes of records not yet acknowledged
 */
public record KinesisSettings(
    String streamName,
    boolean enabled,
    int shardCount,
    Duration pollInterval,
    int batchSize,
    Map<String, Integer> keySpread,
    boolean aggregation,
    int publishBufferBytes) {

  private static final Pattern STREAM_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  /** A shard iterator expires 300 seconds after it was handed out. */
  private static final int MAX_POLL_SECONDS = 240;

  /** One record of the largest size fits. */
  private static final int MIN_BUFFER = 1 << 20;

  private static final int MAX_BUFFER = 1 << 30;

  static KinesisSettings from(SettingsFile file) {
    return new KinesisSettings(
        file.value("kinesis.stream-name")
            .matching(STREAM_NAME, "1 to 128 letters, digits, dots, hyphens and underscores"),
        file.value("kinesis.enabled").flag(),
        file.value("kinesis.shard-count").integer(1, 10_000),
        file.value("kinesis.poll-interval").seconds(MAX_POLL_SECONDS),
        file.value("kinesis.batch-size").integer(1, 10_000),
        KeySpread.of(file.value("kinesis.partition-key-spread")),
        file.value("kinesis.aggregation").flag(),
        (int) file.value("kinesis.publish-buffer-bytes").bytes(MIN_BUFFER, MAX_BUFFER));
  }
}
