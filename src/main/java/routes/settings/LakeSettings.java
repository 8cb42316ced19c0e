package routes.settings;

import java.util.regex.Pattern;

/**
 * What delivery writes to.
 *
 * @param bucket the logs
 * @param stateBucket the checkpoints, another bucket than the logs'
 * @param deadLetterQueue an SQS standard queue
 * @param httpDeadLetters whether what the HTTP intake rejects goes to that queue too
 */
public record LakeSettings(
    String bucket, String stateBucket, String deadLetterQueue, boolean httpDeadLetters) {

  private static final Pattern BUCKET =
      Pattern.compile("(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final String BUCKET_RULE =
      "3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends, no"
          + " two dots together";
  private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  static LakeSettings from(SettingsFile file) {
    String bucket = file.value("lake.bucket").matching(BUCKET, BUCKET_RULE);
    Value state = file.value("state.bucket");
    String stateBucket = state.matching(BUCKET, BUCKET_RULE);
    if (stateBucket.equals(bucket)) {
      throw state.refused("must not be TARGET_BUCKET too; checkpoints need a bucket of their own");
    }
    String queue =
        file.value("dead-letter.queue")
            .matching(
                QUEUE,
                "1 to 80 letters, digits, hyphens and underscores (a standard queue, not .fifo)");
    return new LakeSettings(bucket, stateBucket, queue, file.value("dead-letter.http").flag());
  }
}
