package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Meters of what went to the dead-letter queue. */
public record DeadLetterMeters(ReasonCounts sent) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    sent.bindTo(registry, Metric.DEADLETTERS_SENT);
  }
}
