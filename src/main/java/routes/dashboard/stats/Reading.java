package routes.dashboard.stats;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * All series at one moment.
 *
 * @param values counters as totals since the start
 */
public record Reading(Instant at, Map<Series, Double> values) {

  public Reading {
    Map<Series, Double> copy = new EnumMap<>(Series.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /** What the meters say now. */
  public static Reading of(Meters meters, Instant at) {
    Map<Series, Double> values = new EnumMap<>(Series.class);
    for (Series series : Series.values()) {
      values.put(series, series.read(meters));
    }
    return new Reading(at, values);
  }

  public double value(Series series) {
    return values.getOrDefault(series, 0.0);
  }

  /** The counters' totals. */
  public Map<Series, Double> counters() {
    Map<Series, Double> counters = new EnumMap<>(values);
    counters.keySet().removeIf(series -> !series.isRate());
    return counters;
  }

  /** The counters' growth a second since an earlier reading. */
  public Map<Series, Double> ratesSince(Reading earlier) {
    Map<Series, Double> rates = counters();
    rates.replaceAll((series, total) -> shown(series, earlier));
    return rates;
  }

  /** A counter's growth a second since an earlier reading, or a gauge as it is. */
  double shown(Series series, Reading earlier) {
    if (!series.isRate()) {
      return value(series);
    }
    double seconds = (at.toEpochMilli() - earlier.at().toEpochMilli()) / 1000.0;
    return seconds <= 0 ? 0 : Math.max(0, value(series) - earlier.value(series)) / seconds;
  }
}
