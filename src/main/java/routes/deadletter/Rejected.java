package routes.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
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
 * @param at when it was given up
 * @param records how many records the bytes hold, 1 or more
 * @param signal what it was to be
 */
public record Rejected(
    Original bytes,
    Rejection rejection,
    String stage,
    Source source,
    @Nullable String service,
    Instant at,
    int records,
    Signal signal) {

  /** Camel hashes a body each time an expression looks into it, and there may be many bytes. */
  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }
}
