package routes.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line when a health check goes down, with its reason, and one when it is up again: what
 * stands still is in the log, however its own code or library goes about it. A check that is never
 * down says by its detail {@link #STANDSTILL} what stands still. To be run every few seconds.
 */
public final class StandstillLog implements Runnable {

  /** The detail of a check that is up which says what stands still, and why. */
  public static final String STANDSTILL = "standstill";

  /** While a check stays down, another reason is worth a line, but not every other second. */
  private static final Duration REPEAT_INTERVAL = Duration.ofMinutes(1);

  private final List<HealthCheck> checks;
  private final InstantSource clock;
  private final Consumer<String> lines;
  private final Map<String, Down> down = new HashMap<>();

  /** Since when a check has been down, and what was written last, and when. */
  private record Down(Instant since, String kind, Instant written, boolean ready) {}

  /**
   * @param clock one that nobody sets
   * @param lines takes a line each time
   */
  public StandstillLog(List<HealthCheck> checks, InstantSource clock, Consumer<String> lines) {
    this.checks = List.copyOf(checks);
    this.clock = clock;
    this.lines = lines;
  }

  @Override
  public void run() {
    for (HealthCheck check : checks) {
      HealthCheck.Result result = check.call();
      Down before = down.get(check.getId());
      Object standstill = result.getDetails().get(STANDSTILL);
      if (result.getState() == State.DOWN) {
        down.put(check.getId(), isDown(check.getId(), before, text(result), false));
      } else if (standstill != null) {
        down.put(check.getId(), isDown(check.getId(), before, standstill.toString(), true));
      } else if (before != null) {
        down.remove(check.getId());
        lines.accept(
            (before.ready()
                    ? "Goes on, %s: it stood still for %s s"
                    : "Ready again, %s: it was not for %s s")
                .formatted(
                    check.getId(), Duration.between(before.since(), clock.instant()).toSeconds()));
      }
    }
  }

  private Down isDown(String check, @Nullable Down before, String reason, boolean ready) {
    Instant now = clock.instant();
    String kind = reason.replaceAll("[0-9]+", "");
    if (before != null
        && (kind.equals(before.kind()) || before.written().plus(REPEAT_INTERVAL).isAfter(now))) {
      return before;
    }
    lines.accept((ready ? "Stands still, %s: %s" : "Not ready, %s: %s").formatted(check, reason));
    return new Down(before == null ? now : before.since(), kind, now, ready);
  }

  private static String text(HealthCheck.Result result) {
    return result.getMessage().orElse("no reason given");
  }
}
