package routes.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
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
    counts
        .rejected()
        .bindTo(registry, "intake.rejected", "Records and lines that were not acceptable");
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
    counter("intake.records", source, taken.records(), "Records taken in").register(registry);
    counter("intake.bytes", source, taken.bytes(), "Lines of the records taken in")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
  }

  private static FunctionCounter.Builder<LongAdder> counter(
      String name, IntakeCounts.Source source, LongAdder count, String description) {
    return FunctionCounter.builder(name, count, LongAdder::doubleValue)
        .tag("source", source.route())
        .tag("signal", source.signal().word())
        .description(description);
  }
}
