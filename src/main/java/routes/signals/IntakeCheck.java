package routes.signals;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.intake.IntakeHealth;
import routes.publish.PublishMetrics;

/**
 * Tells whether records are taken over HTTP, and how many wait for Kinesis. Never down: what is too
 * much is answered 429, and a process taken out for it leaves its load to others as full as it was.
 * Load balancers that want to know ask the intake's own {@code /health}.
 */
public final class IntakeCheck extends AbstractHealthCheck {

  private final Supplier<IntakeHealth> intake;
  private final PublishMetrics published;

  public IntakeCheck(Supplier<IntakeHealth> intake, PublishMetrics published) {
    super("camel-app", "intake");
    this.intake = intake;
    this.published = published;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
    long used = published.inFlightBytes();
    long limit = published.inFlightLimitBytes();
    result
        .detail("buffer.bytes", used)
        .detail("buffer.limit.bytes", limit)
        .message(
            "%s; %s of %s bytes wait for Kinesis".formatted(intake.get().reason(), used, limit))
        .up();
  }
}
