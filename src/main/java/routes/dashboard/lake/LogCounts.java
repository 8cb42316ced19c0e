package routes.dashboard.lake;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import routes.signal.Level;

/** How many records there are by time and level, and by service and time. Not thread-safe. */
final class LogCounts {

  /** So that a client draws what it can; the rest is counted in {@link #OTHER}. */
  private static final int MAX_SERVICES = 1_000;

  /** So many services are told of with their times, those with the most records. */
  private static final int MAX_ROWS = 50;

  /** How many of the times by level are one of a service: it has a row beside others. */
  private static final int STEPS_A_CELL = 3;

  private static final String OTHER = "…";
  private static final String NONE = "NONE";

  private final long stepSeconds;
  private final Map<Long, Map<String, Long>> times = new TreeMap<>();
  private final Map<String, Map<Long, long[]>> services = new HashMap<>();

  LogCounts(long stepSeconds) {
    this.stepSeconds = stepSeconds;
  }

  void add(Instant time, Optional<Level> level, String service) {
    long seconds = time.getEpochSecond();
    add(Math.floorDiv(seconds, stepSeconds), level.map(Level::name).orElse(NONE), 1);
    boolean failed = level.filter(one -> one.compareTo(Level.ERROR) >= 0).isPresent();
    add(service, Math.floorDiv(seconds, cellSeconds()), new long[] {1, failed ? 1 : 0});
  }

  void add(LogCounts more) {
    add(more, 1);
  }

  /** Adds what others have, so many times. */
  void add(LogCounts more, double times) {
    more.times.forEach(
        (time, levels) -> levels.forEach((level, n) -> add(time, level, Math.round(times * n))));
    more.services.forEach(
        (service, row) ->
            row.forEach(
                (time, cell) ->
                    add(
                        service,
                        time,
                        new long[] {Math.round(times * cell[0]), Math.round(times * cell[1])})));
  }

  /**
   * As many records of these levels, all of one service and at one time.
   *
   * @param seconds since 1970
   */
  LogCounts at(long seconds, String service) {
    LogCounts there = new LogCounts(stepSeconds);
    times
        .values()
        .forEach(
            levels ->
                levels.forEach(
                    (level, n) -> there.add(Math.floorDiv(seconds, stepSeconds), level, n)));
    services
        .values()
        .forEach(
            row ->
                row.values()
                    .forEach(
                        cell -> there.add(service, Math.floorDiv(seconds, cellSeconds()), cell)));
    return there;
  }

  boolean isEmpty() {
    return services.isEmpty();
  }

  long stepSeconds() {
    return stepSeconds;
  }

  /** By seconds since 1970 and level, {@code NONE} where there is none. */
  Map<Long, Map<String, Long>> times() {
    Map<Long, Map<String, Long>> bySecond = new TreeMap<>();
    times.forEach((time, levels) -> bySecond.put(time * stepSeconds, levels));
    return bySecond;
  }

  /** Records by service. */
  Map<String, Long> services() {
    Map<String, Long> totals = new HashMap<>();
    services.forEach((service, row) -> totals.put(service, records(row)));
    return totals;
  }

  long cellSeconds() {
    return stepSeconds * STEPS_A_CELL;
  }

  /** By service and seconds since 1970: records, and how many of them are ERROR or worse. */
  Map<String, Map<Long, long[]>> rows() {
    Map<String, Map<Long, long[]>> rows = new LinkedHashMap<>();
    services.entrySet().stream()
        .sorted(Comparator.comparingLong(service -> -records(service.getValue())))
        .limit(MAX_ROWS)
        .forEach(
            service -> {
              Map<Long, long[]> row = new TreeMap<>();
              service.getValue().forEach((time, cell) -> row.put(time * cellSeconds(), cell));
              rows.put(service.getKey(), row);
            });
    return rows;
  }

  private static long records(Map<Long, long[]> row) {
    return row.values().stream().mapToLong(cell -> cell[0]).sum();
  }

  private void add(long time, String level, long n) {
    times.computeIfAbsent(time, any -> new HashMap<>()).merge(level, n, Long::sum);
  }

  private void add(String service, long time, long[] more) {
    boolean known = services.containsKey(service) || services.size() < MAX_SERVICES;
    long[] cell =
        services
            .computeIfAbsent(known ? service : OTHER, any -> new HashMap<>())
            .computeIfAbsent(time, any -> new long[2]);
    cell[0] += more[0];
    cell[1] += more[1];
  }
}
