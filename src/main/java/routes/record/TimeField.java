package routes.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a record happened, by its own account. */
final class TimeField {

  private final List<String> names;
  private final Duration maxFuture;

  TimeField(List<String> names, Duration maxFuture) {
    this.names = names;
    this.maxFuture = maxFuture;
  }

  /**
   * The time the record names, else the fallback.
   *
   * @param fallback the time of a record without any, or null; not for one whose {@code timestamp}
   *     holds none, as a second {@code timestamp} could not be appended to it
   */
  Instant of(FieldScan fields, Instant arrival, @Nullable Instant fallback)
      throws RejectedException {
    JsonScalar value = fields.first(Field.TIMESTAMP);
    if (value == null && fallback != null && !fields.hasCanonical(Field.TIMESTAMP)) {
      return fallback;
    }
    if (value == null) {
      throw new RejectedException(
          Reason.NO_TIMESTAMP, "No text or number in any of the fields " + names);
    }
    ByteSlice text = value.bytes();
    Instant time = TimestampParser.parse(text);
    if (time == null) {
      throw new RejectedException(
          Reason.BAD_TIMESTAMP,
          "Timestamp "
              + Excerpt.of(text)
              + " is neither ISO-8601, such as 2026-08-22T13:05:09Z, nor a number of seconds,"
              + " milli-, micro- or nanoseconds since 1970");
    }
    if (time.isBefore(Instant.EPOCH)) {
      throw new RejectedException(
          Reason.BEFORE_1970, "Timestamp " + Excerpt.of(text) + " is before 1970");
    }
    if (time.isAfter(arrival.plus(maxFuture))) {
      throw new RejectedException(
          Reason.TOO_FAR_IN_FUTURE,
          "Timestamp "
              + Excerpt.of(text)
              + " is more than "
              + maxFuture
              + " after the record's arrival at "
              + arrival);
    }
    return time;
  }
}
