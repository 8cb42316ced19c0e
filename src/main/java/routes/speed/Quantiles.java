package routes.speed;

import java.util.Map;
import java.util.TreeMap;

/**
 * How values spread: a DDSketch (Masson, Rim and Lee, VLDB 2019). A quantile is within {@link
 * #ACCURACY} of the true one, relative to it, however many sketches were merged and in which order.
 * Kept as bins and their counts, which SQL can add up and read quantiles from as well.
 */
final class Quantiles {

  /** How far a quantile may be off, as a share of it. */
  static final double ACCURACY = 0.01;

  private static final double GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
  private static final double LOG_GAMMA = Math.log(GAMMA);

  /** Whatever is smaller counts as this: of milliseconds, a nanosecond. */
  private static final double SMALLEST = 1e-6;

  private final TreeMap<Integer, Long> counts = new TreeMap<>();

  /** Takes a finite value of 0 or more. */
  void add(double value) {
    add((int) Math.ceil(Math.log(Math.max(value, SMALLEST)) / LOG_GAMMA), 1);
  }

  void add(int bin, long count) {
    counts.merge(bin, count, Long::sum);
  }

  void addAll(Quantiles other) {
    other.counts.forEach(this::add);
  }

  /** The bins that hold values, rising: bin b those from gamma^(b-1), exclusive, to gamma^b. */
  Integer[] bins() {
    return counts.keySet().toArray(Integer[]::new);
  }

  /** How many values each of the {@link #bins()} holds. */
  Long[] counts() {
    return counts.values().toArray(Long[]::new);
  }

  /**
   * The value that so large a share of all does not exceed; NaN where there is none.
   *
   * @param share 0 to 1
   */
  double at(double share) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    double rank = share * (all - 1);
    long below = 0;
    for (Map.Entry<Integer, Long> bin : counts.entrySet()) {
      below += bin.getValue();
      if (below > rank) {
        return 2 * Math.pow(GAMMA, bin.getKey()) / (GAMMA + 1);
      }
    }
    return Double.NaN;
  }
}
