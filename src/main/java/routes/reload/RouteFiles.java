package routes.reload;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What runs of each route file by its name, and which cannot run as saved. */
@ThreadSafe
public final class RouteFiles {

  /**
   * A route file that cannot run as it was saved.
   *
   * @param line where, from 1; empty where Camel does not tell
   * @param reason one line
   * @param since when it was first seen so
   * @param saved its text
   * @param older whether what it was before goes on running; else nothing of it runs
   */
  public record RouteFault(
      String file, OptionalInt line, String reason, Instant since, String saved, boolean older) {}

  private final Map<String, String> running = new ConcurrentHashMap<>();
  private final Map<String, RouteFault> faults = new ConcurrentSkipListMap<>();
  private final InstantSource clock;

  public RouteFiles(InstantSource clock) {
    this.clock = clock;
  }

  /** The text that runs; empty for the copy inside the jar and for what never could run. */
  public Optional<String> running(String file) {
    return Optional.ofNullable(running.get(file));
  }

  /** The texts that run, by file; the copies inside the jar are not among them. */
  Map<String, String> running() {
    return Map.copyOf(running);
  }

  /** Those that cannot run, by name. */
  public List<RouteFault> faults() {
    return List.copyOf(faults.values());
  }

  void runs(String file, String text) {
    running.put(file, text);
    faults.remove(file);
  }

  /** Whether this is news, rather than found again. */
  boolean refused(String file, String text, RouteProblem problem) {
    RouteFault before = faults.get(file);
    if (before != null && before.saved().equals(text) && before.reason().equals(problem.reason())) {
      return false;
    }
    Instant since = before == null ? clock.instant() : before.since();
    faults.put(
        file,
        new RouteFault(
            file, problem.line(), problem.reason(), since, text, running.containsKey(file)));
    return true;
  }
}
