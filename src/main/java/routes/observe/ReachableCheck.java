package routes.observe;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * Down while a service does not answer as it should. Asks it at most once in ten seconds, however
 * often it is itself asked: some calls are limited for a whole account.
 */
public final class ReachableCheck extends AbstractHealthCheck {

  private static final Duration VALID = Duration.ofSeconds(10);

  private final Runnable probe;
  private final Clock clock;

  @GuardedBy("this")
  private @Nullable Instant asked;

  @GuardedBy("this")
  private @Nullable String objection;

  /**
   * @param id names the service
   * @param probe throws when the service cannot be used
   */
  public ReachableCheck(String id, Runnable probe, Clock clock) {
    super("camel-app", id);
    this.probe = probe;
    this.clock = clock;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected synchronized void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
    Instant now = clock.instant();
    if (asked == null || asked.plus(VALID).isBefore(now)) {
      objection = ask();
      asked = now;
    }
    if (objection == null) {
      result.up();
    } else {
      result.message(objection).down();
    }
  }

  private @Nullable String ask() {
    try {
      probe.run();
      return null;
    } catch (RuntimeException failure) {
      return String.valueOf(failure.getMessage());
    }
  }
}
