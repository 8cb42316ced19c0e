package routes.dashboard.lake;

import java.time.Instant;
import java.util.Optional;
import routes.http.HttpProblem;

/**
 * Some hours, counted since 1970 as partitions are.
 *
 * @param first the first of them
 * @param last the last of them, not before the first
 */
record HourRange(long first, long last) {

  private static final long SECONDS_PER_HOUR = 3600;
  private static final Instant LAST_OF_ALL = Instant.parse("9999-12-31T23:00:00Z");

  /**
   * The hours between two times that may be left open.
   *
   * @param latest how far to go without an end
   * @throws HttpProblem when the end lies before the beginning
   */
  static HourRange of(Optional<Instant> from, Optional<Instant> to, Instant latest) {
    long first = hour(from.orElse(Instant.EPOCH));
    long last = hour(to.orElse(latest));
    if (last < first) {
      throw HttpProblem.badRequest("to lies before from");
    }
    return new HourRange(first, last);
  }

  /** The one hour that begins then. */
  static HourRange of(Instant hour) {
    return new HourRange(hour(hour), hour(hour));
  }

  long length() {
    return last - first + 1;
  }

  /** When the last of them begins. */
  Instant newest() {
    return Instant.ofEpochSecond(last * SECONDS_PER_HOUR);
  }

  boolean includes(Instant time) {
    return first <= hour(time) && hour(time) <= last;
  }

  /** Of at least two hours. */
  HourRange newerHalf() {
    return new HourRange(last - length() / 2 + 1, last);
  }

  /** What the other half leaves. */
  HourRange olderHalf() {
    return new HourRange(first, last - length() / 2);
  }

  private static long hour(Instant instant) {
    Instant possible = instant.isAfter(LAST_OF_ALL) ? LAST_OF_ALL : instant;
    return Math.max(0, Math.floorDiv(possible.getEpochSecond(), SECONDS_PER_HOUR));
  }
}
