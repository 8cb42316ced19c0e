package routes.speed;

import java.time.Instant;

/**
 * Numbers about some records. They do not depend on the order in which records or other figures are
 * added, but for the last digits of {@link #total}.
 */
final class Figure {

  long records;
  long bytes;
  long errors;
  final Distinct traces = new Distinct();

  /** How many of the records have a value; the rest is about these values. */
  long measured;

  double total;
  double smallest = Double.POSITIVE_INFINITY;
  double largest = Double.NEGATIVE_INFINITY;

  /** The value of the latest record by its own time, of several the largest. */
  double latest = Double.NEGATIVE_INFINITY;

  Instant latestAt = Instant.MIN;

  /** Of durations only. */
  final Quantiles quantiles = new Quantiles();

  /**
   * Adds a record.
   *
   * @param length of its line in the lake, the break at its end included, in bytes
   * @param spread whether its value is one whose quantiles matter, and so 0 or more
   */
  void add(Measure measure, long length, Instant time, boolean spread) {
    records++;
    bytes += length;
    errors += measure.error() ? 1 : 0;
    if (measure.trace() != null) {
      traces.add(measure.trace());
    }
    if (measure.value() != null) {
      add(measure.value(), time, spread);
    }
  }

  private void add(double value, Instant time, boolean spread) {
    addValues(1, value, value, value, value, time);
    if (spread) {
      quantiles.add(value);
    }
  }

  /** Adds another one. */
  void addAll(Figure other) {
    records += other.records;
    bytes += other.bytes;
    errors += other.errors;
    traces.addAll(other.traces);
    addValues(
        other.measured, other.total, other.smallest, other.largest, other.latest, other.latestAt);
    quantiles.addAll(other.quantiles);
  }

  private void addValues(
      long count, double sum, double least, double most, double last, Instant lastAt) {
    measured += count;
    total += sum;
    smallest = Math.min(smallest, least);
    largest = Math.max(largest, most);
    int order = lastAt.compareTo(latestAt);
    if (order > 0 || (order == 0 && last > latest)) {
      latest = last;
      latestAt = lastAt;
    }
  }
}
