package routes.speed;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import routes.signal.Signal;

/** Sums of figures in the form in which a search counts, so that both are drawn alike. */
final class FigureCounts implements FigureQuery.Sink {

  /** As of a search: so many are told apart, and the rest is counted in {@link #OTHER}. */
  private static final int MAX_SERVICES = 1_000;

  /** As many as a search tells of with their times. */
  private static final int MAX_ROWS = 50;

  /** As of a search: a service has a row beside others, so its times are longer. */
  private static final int STEPS_A_CELL = 3;

  private static final String OTHER = "…";

  private final Signal signal;
  private final int step;
  private final Map<Long, Map<String, Long>> times = new TreeMap<>();
  private final Map<String, Map<Long, long[]>> services = new HashMap<>();

  /**
   * @param step seconds of a time
   */
  FigureCounts(Signal signal, int step) {
    this.signal = signal;
    this.step = step;
  }

  /**
   * The sums.
   *
   * @param counting whether anything is counted
   * @param times records by seconds since 1970 and level; {@code NONE} of what has none
   * @param services records by service
   * @param cellSeconds how long each time of a service lasts
   * @param rows records and errors by service and seconds since 1970, of the largest services
   */
  record Counts(
      boolean counting,
      int stepSeconds,
      Map<Long, Map<String, Long>> times,
      Map<String, Long> services,
      int cellSeconds,
      Map<String, Map<Long, long[]>> rows) {}

  @Override
  public void take(Key key, Figure figure) {
    String level = signal == Signal.LOGS ? key.series() : MeasureReader.NONE;
    times
        .computeIfAbsent(seconds(key, step), time -> new HashMap<>())
        .merge(level, figure.records, Long::sum);
    boolean known = services.containsKey(key.service()) || services.size() < MAX_SERVICES;
    long[] cell =
        services
            .computeIfAbsent(known ? key.service() : OTHER, service -> new TreeMap<>())
            .computeIfAbsent(seconds(key, step * STEPS_A_CELL), time -> new long[2]);
    cell[0] += figure.records;
    cell[1] += figure.errors;
  }

  private static long seconds(Key key, int length) {
    return Key.floor(key.start(), length).getEpochSecond();
  }

  Counts sums(boolean counting) {
    Map<String, Long> totals = new HashMap<>();
    services.forEach((service, row) -> totals.put(service, records(row)));
    Map<String, Map<Long, long[]>> rows = new LinkedHashMap<>();
    services.entrySet().stream()
        .sorted(Comparator.comparingLong(service -> -records(service.getValue())))
        .limit(MAX_ROWS)
        .forEach(service -> rows.put(service.getKey(), service.getValue()));
    return new Counts(counting, step, times, totals, step * STEPS_A_CELL, rows);
  }

  private static long records(Map<Long, long[]> row) {
    return row.values().stream().mapToLong(cell -> cell[0]).sum();
  }
}
