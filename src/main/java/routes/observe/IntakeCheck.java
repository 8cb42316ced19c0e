package routes.observe;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;
import routes.ingest.IntakeHealth;
import routes.kinesis.publish.PublishMetrics;
import routes.retry.Attempt;

/**
 * Tells whether records are taken over HTTP, and how many wait for Kinesis. Down while Kinesis
 * refuses them all; not while they are too many: that is answered 429, and a process taken out for
 * it leaves its load to others as full as it was. Receipts that cannot be written are told and no
 * more, as only the audit misses them. Load balancers that want to know ask the intake's own {@code
 * /health}.
 */
public final class IntakeCheck extends AbstractHealthCheck {

  private final Supplier<IntakeHealth> intake;
  private final Supplier<Optional<String>> failing;
  private final Supplier<Optional<Attempt>> receipts;
  private final PublishMetrics published;
  private final InstantSource clock;

  @GuardedBy("this")
  private @Nullable Instant failingSince;

  /**
   * @param failing why records could not be published just now
   * @param receipts what keeps receipts from being written
   * @param clock one that nobody sets
   */
  public IntakeCheck(
      Supplier<IntakeHealth> intake,
      Supplier<Optional<String>> failing,
      Supplier<Optional<Attempt>> receipts,
      PublishMetrics published,
      InstantSource clock) {
    super("camel-app", "intake");
    this.intake = intake;
    this.failing = failing;
    this.receipts = receipts;
    this.published = published;
    this.clock = clock;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected synchronized void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
    long used = published.inFlightBytes();
    long limit = published.inFlightLimitBytes();
    result
        .detail("buffer.bytes", used)
        .detail("buffer.limit.bytes", limit)
        .message(
            "%s; %s of %s bytes wait for Kinesis%s"
                .formatted(
                    intake.get().reason(),
                    used,
                    limit,
                    receipts.get().map(this::unwritten).orElse("")));
    if (isStuck()) {
      result.down();
    } else {
      result.up();
    }
  }

  private String unwritten(Attempt attempt) {
    return "; cannot %s for %s s now, so the audit does not compare it: %s. The intake needs s3:PutObject on receipts/* of the state bucket"
        .formatted(attempt.what(), attempt.age(clock.instant()).toSeconds(), attempt.failure());
  }

  @GuardedBy("this")
  private boolean isStuck() {
    Instant now = clock.instant();
    if (failing.get().isEmpty()) {
      failingSince = null;
    } else if (failingSince == null) {
      failingSince = now;
    }
    return failingSince != null
        && Duration.between(failingSince, now).compareTo(Attempt.STUCK_AFTER) > 0;
  }
}
