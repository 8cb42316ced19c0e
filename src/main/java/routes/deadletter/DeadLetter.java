package routes.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.record.RecordMetadata;
import routes.record.Rejection;
import routes.signal.Signal;

/**
 * A record that can never be delivered, and all that is known of it: from where it is rejected, on
 * the queue, and until it is replayed or discarded.
 *
 * @param id the same for every copy: derived from stage, source and bytes
 * @param reason stable code, such as {@code bad-timestamp}; a code of another version is kept as it
 *     is
 * @param message why, in a sentence
 * @param stage the route that gave up, such as {@code deliver}
 * @param source where the record came from
 * @param service if known
 * @param time the record's own time, if known
 * @param attempts 1 or more
 * @param records how many records the bytes hold, 1 or more
 * @param at when it was given up
 * @param content the original bytes, or where they are
 * @param signal what the record was to be
 */
public record DeadLetter(
    String id,
    String reason,
    String message,
    String stage,
    Source source,
    @Nullable String service,
    @Nullable Instant time,
    int attempts,
    int records,
    Instant at,
    Content content,
    Signal signal) {

  private static final int MAX_TEXT = 1024;

  /** Texts are shortened, for a message must fit whatever a record calls itself. */
  public DeadLetter {
    message = shortened(message);
    service = service == null ? null : shortened(service);
  }

  /**
   * The letter of a record that was rejected for the first time.
   *
   * @param content the record as it came
   * @param service the service it was sent for, or null
   * @throws java.io.UncheckedIOException when the bytes could not be read where they lie
   */
  public static DeadLetter of(
      Original content,
      Rejection rejection,
      String stage,
      Source source,
      @Nullable String service,
      Instant at,
      int records,
      Signal signal) {
    return new DeadLetter(
        DeadLetterId.of(stage, source, content),
        rejection.reason().code(),
        rejection.message(),
        stage,
        source,
        service,
        null,
        1,
        records,
        at,
        content,
        signal);
  }

  /**
   * Reads a message back.
   *
   * @throws IllegalArgumentException when it is not a dead letter, saying what is wrong
   */
  public static DeadLetter parse(String json) {
    return DeadLetterJson.read(json);
  }

  /** The message: JSON of characters that SQS accepts only, whatever the bytes are. */
  public String toJson() {
    return DeadLetterJson.write(this);
  }

  /** The same with what the record tells of itself; its own service comes first. */
  DeadLetter with(RecordMetadata metadata) {
    return new DeadLetter(
        id,
        reason,
        message,
        stage,
        source,
        metadata.service() == null ? service : metadata.service(),
        metadata.time(),
        1 + metadata.replays(),
        records,
        at,
        content,
        signal);
  }

  /** The same with its bytes elsewhere, or fewer of them. */
  DeadLetter with(Content other) {
    return new DeadLetter(
        id, reason, message, stage, source, service, time, attempts, records, at, other, signal);
  }

  /**
   * The letter after one attempt more, in vain.
   *
   * @param left what is left of its bytes
   * @param leftRecords how many records these hold
   */
  DeadLetter again(Rejection rejection, Content left, int leftRecords) {
    return new DeadLetter(
        id,
        rejection.reason().code(),
        rejection.message(),
        stage,
        source,
        service,
        time,
        attempts + 1,
        leftRecords,
        at,
        left,
        signal);
  }

  /** Camel hashes a body each time an expression looks into it, and there may be many bytes. */
  @Override
  public int hashCode() {
    return id.hashCode();
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
