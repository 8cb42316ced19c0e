package routes.signal.time;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;

/**
 * Reads a timestamp: ISO-8601, a number of seconds, milli-, micro- or nanoseconds since 1970, or
 * another of the forms that can mean one instant only; white space around it does not matter.
 */
public final class TimestampParser {

  private TimestampParser() {}

  /** The instant, to the nanosecond, or null when the text is in none of the forms. */
  public static @Nullable Instant parse(ByteSlice text) {
    Instant instant = IsoTimestamp.parse(text);
    if (instant == null) {
      instant = EpochTimestamp.parse(text);
    }
    if (instant == null) {
      ByteSlice trimmed = text.trim();
      return trimmed.length() < text.length() ? parse(trimmed) : OddTimestamp.parse(text);
    }
    return instant;
  }
}
