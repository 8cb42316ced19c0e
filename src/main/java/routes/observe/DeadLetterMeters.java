package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import routes.deadletter.QueueWatch;

/** Meters of what went to the dead-letter queue, and of what waits there. */
public record DeadLetterMeters(ReasonCounts sent, QueueWatch queue) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    sent.bindTo(registry, Metric.DEADLETTERS_SENT);
    Metric.DEADLETTERS_WAITING.gauge(queue, QueueWatch::letters).register(registry);
    Metric.DEADLETTERS_OLDEST.gauge(queue, QueueWatch::oldestSeconds).register(registry);
  }
}
