package routes.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * The simplest of detectors: by a robust z-score, how far one minute of a service is above what is
 * usual for it, which is the median of all its minutes.
 */
public final class Detector {

  /** The standard deviation of a normal distribution, in median absolute deviations. */
  private static final double DEVIATIONS = 1.4826;

  /** One failure is told by a log about the request, by the exception and by others. */
  private static final double LOGS_OF_A_FAILURE = 2;

  private final Map<String, Map<Long, Minute>> byService = new HashMap<>();

  private static final class Minute {

    private long values;
    private double sum;
    private double squares;

    double mean() {
      return sum / values;
    }

    double variance() {
      return Math.max(0, squares / values - mean() * mean());
    }
  }

  /** Something that was measured, such as 1 for an error and 0 for none. */
  public void add(String service, long minute, double value) {
    Minute there =
        byService
            .computeIfAbsent(service, name -> new TreeMap<>())
            .computeIfAbsent(minute, number -> new Minute());
    there.values++;
    there.sum += value;
    there.squares += value * value;
  }

  public Set<String> services() {
    return byService.keySet();
  }

  public Set<Long> minutes(String service) {
    return byService.getOrDefault(service, Map.of()).keySet();
  }

  /** In standard deviations; 0 for a minute in which there is too little to say anything. */
  public double score(String service, long minute, int few) {
    Map<Long, Minute> minutes = byService.getOrDefault(service, Map.of());
    Minute asked = minutes.get(minute);
    if (asked == null || asked.values < few) {
      return 0;
    }
    double usual = median(minutes.values().stream().mapToDouble(Minute::mean));
    double between =
        median(minutes.values().stream().mapToDouble(each -> Math.abs(each.mean() - usual)));
    double within =
        minutes.values().stream()
            .mapToDouble(Minute::variance)
            .sorted()
            .limit(Math.max(1, minutes.size() * 3L / 4))
            .average()
            .orElseThrow();
    double one = LOGS_OF_A_FAILURE / asked.values;
    double chance = Math.sqrt(within / asked.values + one * one);
    return (asked.mean() - usual) / Math.max(DEVIATIONS * between, chance);
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
