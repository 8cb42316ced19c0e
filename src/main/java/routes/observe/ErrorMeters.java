package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import routes.errors.EventCounts;

/** Meters of what goes into the log group of errors. */
public record ErrorMeters(EventCounts counts) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    Metric.ERRORS_PUT.counter(counts, EventCounts::put).register(registry);
    for (EventCounts.Refusal why : EventCounts.Refusal.values()) {
      Metric.ERRORS_REFUSED
          .counter(counts, all -> all.refused(why))
          .tag("reason", why.word())
          .register(registry);
    }
  }
}
