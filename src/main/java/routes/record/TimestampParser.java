package routes.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads a timestamp: ISO-8601, or a number of seconds, milli-, micro- or nanoseconds since 1970.
 */
final class TimestampParser {

  private TimestampParser() {}

  /** The instant, to the nanosecond, or null when the text is in none of the forms. */
  static @Nullable Instant parse(ByteSlice text) {
    Instant instant = IsoTimestamp.parse(text);
    if (instant == null) {
      instant = EpochTimestamp.parse(text);
    }
    return instant == null ? OddIsoTimestamp.parse(text) : instant;
  }
}
