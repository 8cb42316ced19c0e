package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.function.Function;
import routes.record.Glimpse;
import routes.record.RecordParser;
import routes.record.Rejection;

/**
 * Makes the message for the dead-letter queue. Bytes that do not fit are stored first, so that a
 * message never points to nothing. Thread-safe.
 */
public final class DeadLetters {

  /** What SQS takes, message attributes included; a queue may be set to less. */
  public static final int SQS_MESSAGE_BYTES = 1024 * 1024;

  private static final int MIN_MESSAGE_BYTES = 64 * 1024;
  private static final int MAX_TEXT = 1024;

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
  public String message(Rejected record) {
    String id = DeadLetterId.of(record.stage(), record.source(), record.bytes());
    Glimpse glimpse =
        record.records() == 1 && record.bytes() instanceof Original.InMemory held
            ? parser.glimpse(held.bytes())
            : Glimpse.NOTHING;
    String service = glimpse.service() == null ? record.service() : glimpse.service();
    return message(
        id,
        record.at(),
        record.bytes(),
        content ->
            new DeadLetter(
                id,
                record.rejection().reason().code(),
                shortened(record.rejection().message()),
                record.stage(),
                record.source(),
                service == null ? null : shortened(service),
                glimpse.time(),
                1 + glimpse.replays(),
                record.records(),
                record.at(),
                content,
                record.signal()));
  }

  /**
   * The message for a dead letter that was tried once more, in vain: the same letter with one
   * attempt more, and what is wrong with it now.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException as for a new one
   */
  String again(DeadLetter letter, Rejection rejection) {
    Function<Content, DeadLetter> again = again(letter, rejection, letter.records());
    return letter.content() instanceof Content.Inline inline
        ? message(letter.id(), letter.at(), new Original.InMemory(inline.bytes()), again)
        : again.apply(letter.content()).toJson();
  }

  /**
   * The same for what is left of a letter of several records.
   *
   * @param left the bytes of those that are left
   * @param records how many these are
   */
  String again(DeadLetter letter, Rejection rejection, Original left, int records) {
    return message(letter.id(), letter.at(), left, again(letter, rejection, records));
  }

  private static Function<Content, DeadLetter> again(
      DeadLetter letter, Rejection rejection, int records) {
    return content ->
        new DeadLetter(
            letter.id(),
            rejection.reason().code(),
            shortened(rejection.message()),
            letter.stage(),
            letter.source(),
            letter.service(),
            letter.time(),
            letter.attempts() + 1,
            records,
            letter.at(),
            content,
            letter.signal());
  }

  private String message(
      String id, Instant at, Original original, Function<Content, DeadLetter> letter) {
    if (original instanceof Original.InMemory held && held.length() < maxMessageBytes) {
      String message = letter.apply(new Content.Inline(held.bytes())).toJson();
      if (message.getBytes(UTF_8).length <= maxMessageBytes) {
        return message;
      }
    }
    return letter.apply(claimChecks.store(id, at, original)).toJson();
  }

  /** The envelope must fit whatever a record calls itself. */
  private static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
