package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.ThreadSafe;
import routes.record.RecordParser;
import routes.record.Rejection;

/**
 * Makes the message for the dead-letter queue. Bytes that do not fit are stored first, so that a
 * message never points to nothing.
 */
@ThreadSafe
public final class DeadLetters {

  /** What SQS takes, message attributes included; a queue may be set to less. */
  public static final int SQS_MESSAGE_BYTES = 1024 * 1024;

  private static final int MIN_MESSAGE_BYTES = 64 * 1024;

  private final ClaimChecks claimChecks;
  private final RecordParser parser;
  private final int maxMessageBytes;

  /** Messages as large as SQS takes. */
  public DeadLetters(ClaimChecks claimChecks, RecordParser parser) {
    this(claimChecks, parser, SQS_MESSAGE_BYTES);
  }

  /**
   * Messages of at most so many bytes.
   *
   * @param parser reads whose a record is, and from when
   * @param maxMessageBytes 64 KiB to 1 MiB, the queue's {@code MaximumMessageSize}
   */
  public DeadLetters(ClaimChecks claimChecks, RecordParser parser, int maxMessageBytes) {
    if (maxMessageBytes < MIN_MESSAGE_BYTES || maxMessageBytes > SQS_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "maxMessageBytes is %s, allowed is %s to %s"
              .formatted(maxMessageBytes, MIN_MESSAGE_BYTES, SQS_MESSAGE_BYTES));
    }
    this.claimChecks = claimChecks;
    this.parser = parser;
    this.maxMessageBytes = maxMessageBytes;
  }

  /**
   * The message for a record.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when the bytes had to be stored and
   *     were not; to be tried again
   * @throws java.io.UncheckedIOException when the bytes could not be read where they lie
   */
  public String message(DeadLetter letter) {
    return letter.records() == 1 && letter.content() instanceof Original.InMemory held
        ? fitted(letter.with(parser.metadata(held.bytes())))
        : fitted(letter);
  }

  /**
   * The message for a dead letter that was tried once more, in vain: the same letter with one
   * attempt more, and what is wrong with it now.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException as for a new one
   */
  String again(DeadLetter letter, Rejection rejection) {
    return again(letter, rejection, letter.content(), letter.records());
  }

  /**
   * The same for what is left of a letter of several records.
   *
   * @param left the bytes of those that are left
   * @param records how many these are
   */
  String again(DeadLetter letter, Rejection rejection, Content left, int records) {
    return fitted(letter.again(rejection, left, records));
  }

  private String fitted(DeadLetter letter) {
    if (letter.content() instanceof Content.ClaimCheck) {
      return letter.toJson();
    }
    Original bytes = (Original) letter.content();
    if (bytes instanceof Original.InMemory && bytes.size() < maxMessageBytes) {
      String message = letter.toJson();
      if (message.getBytes(UTF_8).length <= maxMessageBytes) {
        return message;
      }
    }
    return letter.with(claimChecks.store(letter.id(), letter.at(), bytes)).toJson();
  }
}
