package routes.dashboard.stats;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The readings of the last hour, and what charts had before the last start. */
@ThreadSafe
public final class History {

  /** The time between two readings. */
  public static final Duration STEP = Duration.ofSeconds(10);

  private static final Duration HOUR = Duration.ofHours(1);

  /** An hour, and the reading in front of it, against which the first rate is counted. */
  private static final int KEPT = (int) HOUR.dividedBy(STEP) + 1;

  @GuardedBy("this")
  private final Deque<Reading> readings = new ArrayDeque<>(KEPT);

  @GuardedBy("this")
  private Columns past = new Columns(STEP.toSeconds(), List.of(), Map.of());

  /**
   * Columns of equal length, as charts take them.
   *
   * @param stepSeconds the time between two values
   * @param times in whole seconds since 1970
   * @param series rates a second for what is counted, over a minute where objects are, else the
   *     value at that time; null while the app did not run
   */
  public record Columns(
      long stepSeconds, List<Long> times, Map<Series, List<@Nullable Double>> series) {}

  /** To be called before the first reading, with what charts had before the last start. */
  public synchronized void restore(Columns columns) {
    past = columns;
  }

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
    Map<Series, List<@Nullable Double>> columns = new EnumMap<>(Series.class);
    for (Series series : Series.values()) {
      columns.put(series, new ArrayList<>());
    }
    if (first == 1 && !all.isEmpty()) {
      addPast(moment, all.get(0).at(), all.get(all.size() - 1).at(), times, columns);
    }
    for (int i = first; i < all.size(); i++) {
      times.add(all.get(i).at().getEpochSecond());
      for (Map.Entry<Series, List<@Nullable Double>> column : columns.entrySet()) {
        Reading earlier = all.get(Math.max(0, i - column.getKey().steps()));
        column.getValue().add(rounded(all.get(i).shown(column.getKey(), earlier)));
      }
    }
    return new Columns(STEP.toSeconds(), times, columns);
  }

  /** Adds what was before the start, with an empty step after it, unless it is too old. */
  @GuardedBy("this")
  private void addPast(
      Instant moment,
      Instant start,
      Instant now,
      List<Long> times,
      Map<Series, List<@Nullable Double>> columns) {
    Instant oldest = now.minus(HOUR).isAfter(moment) ? now.minus(HOUR) : moment;
    for (int i = 0; i < past.times().size(); i++) {
      long time = past.times().get(i);
      if (time > oldest.getEpochSecond() && time < start.getEpochSecond()) {
        times.add(time);
        for (Map.Entry<Series, List<@Nullable Double>> column : columns.entrySet()) {
          List<@Nullable Double> known = past.series().getOrDefault(column.getKey(), List.of());
          column.getValue().add(i < known.size() ? known.get(i) : null);
        }
      }
    }
    if (!times.isEmpty() && start.getEpochSecond() > times.get(times.size() - 1)) {
      times.add(start.getEpochSecond());
      columns.values().forEach(column -> column.add(null));
    }
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
