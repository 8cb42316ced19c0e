package routes.speed;

import java.time.Instant;

/**
 * What a figure is about.
 *
 * @param seconds the length of its time: {@link #MINUTE} or {@link #HOUR}
 * @param start of its time, a multiple of that length
 * @param series which of the service's: a level of its logs, a kind of its spans, a metric with its
 *     attributes
 */
record Key(int seconds, Instant start, String service, String series) {

  static final int MINUTE = 60;
  static final int HOUR = 3600;

  /** The key for a record of this time. */
  static Key of(int seconds, Instant time, String service, String series) {
    return new Key(seconds, floor(time, seconds), service, series);
  }

  /** When the time of so many seconds began that an instant lies in. */
  static Instant floor(Instant time, int seconds) {
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
  }
}
