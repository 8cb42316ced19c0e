package routes.local.kinesis;

import java.time.Duration;

/** How long AWS keeps records: 24 hours to a year. */
final class RetentionPeriod {

  static final int MIN_HOURS = 24;
  static final int MAX_HOURS = 8760;

  private RetentionPeriod() {}

  /** Records that arrived before this epoch millisecond are gone. */
  static long horizon(int hours, long nowMillis) {
    return nowMillis - Duration.ofHours(hours).toMillis();
  }
}
