package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import routes.record.Reason;

/** How often records were turned away for each reason. Thread-safe. */
public final class ReasonCounts {

  private final Map<Reason, LongAdder> counts;

  public ReasonCounts() {
    Map<Reason, LongAdder> all = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      all.put(reason, new LongAdder());
    }
    counts = Collections.unmodifiableMap(all);
  }

  /** Counts one more. */
  public void count(Reason reason) {
    count(reason, 1);
  }

  /** Counts so many more. */
  void count(Reason reason, int more) {
    Objects.requireNonNull(counts.get(reason)).add(more);
  }

  /** A counter for each reason, at 0 until it occurs: Prometheus sees only what grows. */
  void bindTo(MeterRegistry registry, Metric metric) {
    counts.forEach(
        (reason, count) ->
            metric
                .counter(count, LongAdder::doubleValue)
                .tag("reason", reason.code())
                .register(registry));
  }
}
