package routes.speed;

import java.util.Arrays;

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

  private static final int FIRST_ROOM = 8;

  /** Rising; what is beyond {@link #size} is room. */
  private int[] bins = {};

  private long[] counts = {};
  private int size;

  /** Takes a finite value of 0 or more. */
  void add(double value) {
    add((int) Math.ceil(Math.log(Math.max(value, SMALLEST)) / LOG_GAMMA), 1);
  }

  void add(int bin, long count) {
    int at = Arrays.binarySearch(bins, 0, size, bin);
    if (at >= 0) {
      counts[at] += count;
    } else {
      insert(-at - 1, bin, count);
    }
  }

  private void insert(int at, int bin, long count) {
    if (size == bins.length) {
      int room = Math.max(FIRST_ROOM, 2 * size);
      bins = Arrays.copyOf(bins, room);
      counts = Arrays.copyOf(counts, room);
    }
    System.arraycopy(bins, at, bins, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    bins[at] = bin;
    counts[at] = count;
    size++;
  }

  void addAll(Quantiles other) {
    for (int i = 0; i < other.size; i++) {
      add(other.bins[i], other.counts[i]);
    }
  }

  /** The bins that hold values, rising: bin b those from gamma^(b-1), exclusive, to gamma^b. */
  Integer[] bins() {
    return Arrays.stream(bins, 0, size).boxed().toArray(Integer[]::new);
  }

  /** How many values each of the {@link #bins()} holds. */
  Long[] counts() {
    return Arrays.stream(counts, 0, size).boxed().toArray(Long[]::new);
  }

  /**
   * The value that so large a share of all does not exceed; NaN where there is none.
   *
   * @param share 0 to 1
   */
  double at(double share) {
    double rank = share * (Arrays.stream(counts, 0, size).sum() - 1);
    long below = 0;
    for (int i = 0; i < size; i++) {
      below += counts[i];
      if (below > rank) {
        return 2 * Math.pow(GAMMA, bins[i]) / (GAMMA + 1);
      }
    }
    return Double.NaN;
  }
}
