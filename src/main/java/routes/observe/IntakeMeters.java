package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Meters of what comes in. Routes may be added while the app runs, so {@link #refresh} is to be
 * called now and then, by one thread at a time.
 */
public final class IntakeMeters {

  private final IntakeCounts counts;
  private final MeterRegistry registry;
  private final Set<IntakeCounts.Source> metered = new HashSet<>();

  public IntakeMeters(IntakeCounts counts, MeterRegistry registry) {
    this.counts = counts;
    this.registry = registry;
    counts.rejected().bindTo(registry, Metric.INTAKE_REJECTED);
  }

  /** Adds the routes that took something in for the first time. */
  public void refresh() {
    counts
        .bySource()
        .forEach(
            (source, taken) -> {
              if (metered.add(source)) {
                add(source, taken);
              }
            });
  }

  private void add(IntakeCounts.Source source, IntakeCounts.Taken taken) {
    add(Metric.INTAKE_RECORDS, source, taken.records());
    add(Metric.INTAKE_BYTES, source, taken.bytes());
  }

  private void add(Metric metric, IntakeCounts.Source source, LongAdder count) {
    metric
        .counter(count, LongAdder::doubleValue)
        .tag("source", source.route())
        .tag("signal", source.signal().word())
        .register(registry);
  }
}
