package routes.cloud;

import java.util.regex.Pattern;
import routes.settings.SettingsReader;
import routes.settings.Value;

/**
 * The names of what this app uses at AWS.
 *
 * @param stream between intake and lake
 * @param shardCount used only when this app creates the stream
 * @param lake the bucket of the logs
 * @param state the bucket of the checkpoints, another one than the logs'
 * @param deadLetterQueue an SQS standard queue
 */
public record ResourceSettings(
    String stream, int shardCount, String lake, String state, String deadLetterQueue) {

  private static final Pattern STREAM_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
  private static final Pattern BUCKET =
      Pattern.compile("(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final String BUCKET_RULE =
      "3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends, no"
          + " two dots together";
  private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  /** Reads them. */
  public static ResourceSettings from(SettingsReader reader) {
    String stream =
        reader
            .value("kinesis.stream-name")
            .matching(STREAM_NAME, "1 to 128 letters, digits, dots, hyphens and underscores");
    int shards = reader.value("kinesis.shard-count").integer(1, 10_000);
    String lake = reader.value("lake.bucket").matching(BUCKET, BUCKET_RULE);
    Value state = reader.value("state.bucket");
    if (state.matching(BUCKET, BUCKET_RULE).equals(lake)) {
      throw state.refused("must not be TARGET_BUCKET too; checkpoints need a bucket of their own");
    }
    String queue =
        reader
            .value("dead-letter.queue")
            .matching(
                QUEUE,
                "1 to 80 letters, digits, hyphens and underscores (a standard queue, not .fifo)");
    return new ResourceSettings(stream, shards, lake, state.matching(BUCKET, BUCKET_RULE), queue);
  }
}
