package routes.dashboard.pipeline;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.jspecify.annotations.Nullable;
import routes.http.api.Answer;
import routes.http.api.Request;

/** Whether all is well, as Camel's health checks say. */
@ThreadSafe
public final class Health {

  private final CamelContext camel;

  public Health(CamelContext camel) {
    this.camel = camel;
  }

  /**
   * All checks.
   *
   * @param status {@code UP} when all are, else {@code DOWN}
   */
  record Report(String status, List<Check> checks) {}

  /**
   * A check.
   *
   * @param message why it is down, or how things stand
   */
  record Check(String id, String status, @Nullable String message) {}

  /** Answers with 200 when all is well, else with 503. */
  public Object report(Request request) {
    List<Check> checks =
        HealthCheckHelper.invoke(camel).stream()
            .map(
                result ->
                    new Check(
                        result.getCheck().getId(),
                        result.getState().name(),
                        result.getMessage().orElse(null)))
            .sorted(Comparator.comparing(Check::id))
            .toList();
    boolean up = checks.stream().noneMatch(check -> check.status().equals(down()));
    return new Answer(up ? 200 : 503, new Report(up ? "UP" : down(), checks));
  }

  private static String down() {
    return HealthCheck.State.DOWN.name();
  }
}
