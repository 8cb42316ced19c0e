package routes.dashboard.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The readings of the last hour. Thread-safe. */
public final class History {

  /** The time between two readings. */
  public static final Duration STEP = Duration.ofSeconds(10);

  /** An hour, and the reading in front of it, against which the first rate is counted. */
  private static final int KEPT = (int) Duration.ofHours(1).dividedBy(STEP) + 1;

  private final Deque<Reading> readings = new ArrayDeque<>(KEPT);

  /**
   * Columns of equal length, as charts take them.
   *
   * @param stepSeconds the time between two values
   * @param times in whole seconds since 1970
   * @param series rates a second for what is counted, over a minute where objects are, else the
   *     value at that time
   */
  public record Columns(long stepSeconds, List<Long> times, Map<Series, List<Double>> series) {}

  /** To be called with each reading in the order of time. */
  public synchronized void add(Reading reading) {
    if (readings.size() == KEPT) {
      readings.removeFirst();
    }
    readings.addLast(reading);
  }

  /** The values after a moment. */
  public synchronized Columns after(Instant moment) {
    List<Reading> all = List.copyOf(readings);
    int first = 1;
    while (first < all.size() && !all.get(first).at().isAfter(moment)) {
      first++;
    }
    List<Long> times = new ArrayList<>();
    for (int i = first; i < all.size(); i++) {
      times.add(all.get(i).at().getEpochSecond());
    }
    Map<Series, List<Double>> columns = new EnumMap<>(Series.class);
    for (Series series : Series.values()) {
      columns.put(series, column(series, all, first));
    }
    return new Columns(STEP.toSeconds(), times, columns);
  }

  private static List<Double> column(Series series, List<Reading> readings, int first) {
    List<Double> column = new ArrayList<>();
    for (int i = first; i < readings.size(); i++) {
      Reading earlier = readings.get(Math.max(0, i - series.steps()));
      column.add(rounded(readings.get(i).shown(series, earlier)));
    }
    return column;
  }

  /** The last reading that is at least so old, or the oldest there is; null before the first. */
  public synchronized @Nullable Reading ago(Duration age, Instant now) {
    Reading found = null;
    for (Reading reading : readings) {
      if (found == null || !reading.at().isAfter(now.minus(age))) {
        found = reading;
      }
    }
    return found;
  }

  /** Three decimals are more than a chart shows. */
  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
