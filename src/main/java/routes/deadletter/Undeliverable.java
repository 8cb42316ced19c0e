package routes.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.record.ByteSlice;
import routes.record.Rejection;
import routes.signal.Signal;

/**
 * A record that can never be delivered, and all that is known of it.
 *
 * @param bytes the record as it came
 * @param rejection why
 * @param stage the route that gave up, such as {@code deliver}
 * @param source where the record came from
 * @param service the service it was sent for, or null; one that the record itself names comes first
 * @param time the record's own time if it is known already, or null; one that the record itself
 *     names comes first
 * @param attempts how often it was tried, 1 or more; replays that the record itself tells of are
 *     added
 * @param at when it was given up
 * @param records how many records the bytes hold, 1 or more
 * @param signal what it was to be
 */
public record Undeliverable(
    Original bytes,
    Rejection rejection,
    String stage,
    Source source,
    @Nullable String service,
    @Nullable Instant time,
    int attempts,
    Instant at,
    int records,
    Signal signal) {

  /** Log records. */
  public Undeliverable(
      Original bytes,
      Rejection rejection,
      String stage,
      Source source,
      @Nullable String service,
      @Nullable Instant time,
      int attempts,
      Instant at,
      int records) {
    this(bytes, rejection, stage, source, service, time, attempts, at, records, Signal.LOGS);
  }

  /** A log record. */
  public Undeliverable(
      Original bytes,
      Rejection rejection,
      String stage,
      Source source,
      @Nullable String service,
      @Nullable Instant time,
      int attempts,
      Instant at) {
    this(bytes, rejection, stage, source, service, time, attempts, at, 1);
  }

  /** A log record in memory. */
  public Undeliverable(
      ByteSlice bytes,
      Rejection rejection,
      String stage,
      Source source,
      @Nullable String service,
      @Nullable Instant time,
      int attempts,
      Instant at) {
    this(new Original.InMemory(bytes), rejection, stage, source, service, time, attempts, at);
  }

  /** Camel hashes a body each time an expression looks into it, and there may be many bytes. */
  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  /** The same of a signal. */
  public Undeliverable of(Signal signal) {
    return new Undeliverable(
        bytes, rejection, stage, source, service, time, attempts, at, records, signal);
  }
}
