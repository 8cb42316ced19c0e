package routes.deadletter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.deadletter.DeadLetterService.Waiting;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks now and then at what waits on the dead-letter queue. Thread-safe. */
final class QueueWatch implements MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);

  private final DeadLetterService service;
  private final InstantSource clock;
  private volatile @Nullable Waiting last;

  QueueWatch(DeadLetterService service, InstantSource clock) {
    this.service = service;
    this.clock = clock;
  }

  /** To be called often; what was seen holds until the next look that succeeds. */
  void look() {
    try {
      last = service.waiting();
    } catch (DeadLettersBusyException | SdkException failure) {
      LOG.debug("The dead-letter queue could not be looked at", failure);
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("deadletters.waiting", this, watch -> watch.letters())
        .description("Dead letters on the queue, copies included and roughly, as SQS puts it")
        .register(registry);
    Gauge.builder("deadletters.oldest", this, watch -> watch.oldestSeconds())
        .description("For how long the oldest dead letter that was seen has waited")
        .baseUnit("seconds")
        .register(registry);
  }

  private double letters() {
    Waiting seen = last;
    return seen == null ? Double.NaN : seen.letters();
  }

  private double oldestSeconds() {
    Waiting seen = last;
    Instant oldest = seen == null ? null : seen.oldest();
    return seen == null
        ? Double.NaN
        : oldest == null
            ? 0
            : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0);
  }
}
