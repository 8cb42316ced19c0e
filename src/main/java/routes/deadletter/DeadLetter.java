package routes.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.signal.Signal;

/**
 * A message of the dead-letter queue.
 *
 * @param id the same for every copy: derived from stage, source and bytes
 * @param reason stable code, such as {@code bad-timestamp}; a code of another version is kept as it
 *     is
 * @param message why, in a sentence
 * @param stage the route that gave up
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

  /**
   * Reads a message back.
   *
   * @throws IllegalArgumentException when it is not a dead letter, saying what is wrong
   */
  public static DeadLetter parse(String json) {
    return DeadLetterJson.read(json);
  }

  /** The same with at most so many bytes of the record, if it carries them itself. */
  DeadLetter cutTo(int bytes) {
    return content instanceof Content.Inline inline
        ? new DeadLetter(
            id,
            reason,
            message,
            stage,
            source,
            service,
            time,
            attempts,
            records,
            at,
            inline.cutTo(bytes),
            signal)
        : this;
  }

  /** The message: JSON of characters that SQS accepts only, whatever the bytes are. */
  public String toJson() {
    return DeadLetterJson.write(this);
  }
}
