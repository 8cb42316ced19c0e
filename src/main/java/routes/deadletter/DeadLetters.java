package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Makes the message for the dead-letter queue. Bytes that do not fit are stored first, so that a
 * message never points to nothing. Thread-safe.
 */
public final class DeadLetters {

  /** What SQS takes, message attributes included; a queue may be set to less. */
  public static final int SQS_MESSAGE_BYTES = 1024 * 1024;

  private static final int SMALLEST_MESSAGE_BYTES = 64 * 1024;
  private static final int LONGEST_TEXT = 1024;

  private final ClaimChecks claimChecks;
  private final int maxMessageBytes;

  /** Messages as large as SQS takes. */
  public DeadLetters(ClaimChecks claimChecks) {
    this(claimChecks, SQS_MESSAGE_BYTES);
  }

  /**
   * Messages of at most so many bytes.
   *
   * @param maxMessageBytes 64 KiB to 1 MiB, the queue's {@code MaximumMessageSize}
   */
  public DeadLetters(ClaimChecks claimChecks, int maxMessageBytes) {
    if (maxMessageBytes < SMALLEST_MESSAGE_BYTES || maxMessageBytes > SQS_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "maxMessageBytes is %d, allowed is %d to %d"
              .formatted(maxMessageBytes, SMALLEST_MESSAGE_BYTES, SQS_MESSAGE_BYTES));
    }
    this.claimChecks = claimChecks;
    this.maxMessageBytes = maxMessageBytes;
  }

  /**
   * The message for a record.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when the bytes had to be stored and
   *     were not; to be tried again
   */
  public String message(Undeliverable record) {
    String id = DeadLetterId.of(record.stage(), record.source(), record.bytes());
    if (record.bytes().length() < maxMessageBytes) {
      String message = letter(id, record, new Content.Inline(record.bytes())).toJson();
      if (message.getBytes(UTF_8).length <= maxMessageBytes) {
        return message;
      }
    }
    return letter(id, record, claimChecks.store(id, record.at(), record.bytes())).toJson();
  }

  private static DeadLetter letter(String id, Undeliverable record, Content content) {
    return new DeadLetter(
        id,
        record.rejection().reason().code(),
        shortened(record.rejection().message()),
        record.stage(),
        record.source(),
        record.service() == null ? null : shortened(record.service()),
        record.time(),
        record.attempts(),
        record.at(),
        content);
  }

  /** The envelope must fit whatever a record calls itself. */
  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }
}
