package routes.dashboard.lake;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import routes.dashboard.query.Level;

/** How many records there are by time, level and service. Not thread-safe. */
final class LogCounts {

  /** So that a client draws what it can; the rest is counted in {@link #OTHER}. */
  private static final int MAX_SERVICES = 1_000;

  private static final String OTHER = "…";
  private static final String NONE = "NONE";

  private final long stepSeconds;
  private final Map<Long, Map<String, Long>> times = new TreeMap<>();
  private final Map<String, Long> services = new HashMap<>();

  LogCounts(long stepSeconds) {
    this.stepSeconds = stepSeconds;
  }

  void add(Instant time, Optional<Level> level, String service) {
    add(Math.floorDiv(time.getEpochSecond(), stepSeconds), level.map(Level::name).orElse(NONE), 1);
    add(service, 1);
  }

  void add(LogCounts more) {
    more.times.forEach((time, levels) -> levels.forEach((level, n) -> add(time, level, n)));
    more.services.forEach(this::add);
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

  Map<String, Long> services() {
    return services;
  }

  private void add(long time, String level, long n) {
    times.computeIfAbsent(time, any -> new HashMap<>()).merge(level, n, Long::sum);
  }

  private void add(String service, long n) {
    boolean known = services.containsKey(service) || services.size() < MAX_SERVICES;
    services.merge(known ? service : OTHER, n, Long::sum);
  }
}
