package routes.observe;

import com.google.errorprone.annotations.ThreadSafe;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import routes.record.Reason;

/** How often records were turned away for each reason. */
@ThreadSafe
public final class ReasonCounts {

  private final Map<String, LongAdder> counts;

  public ReasonCounts() {
    Map<String, LongAdder> all = new LinkedHashMap<>();
    for (Reason reason : Reason.values()) {
      all.put(reason.code(), new LongAdder());
    }
    counts = Collections.unmodifiableMap(all);
  }

  /**
   * Counts one more.
   *
   * @param code of a {@link Reason}
   */
  public void count(String code) {
    Objects.requireNonNull(counts.get(code)).increment();
  }

  /** Counts so many more. */
  void count(Reason reason, int more) {
    Objects.requireNonNull(counts.get(reason.code())).add(more);
  }

  /** A counter for each reason, at 0 until it occurs: Prometheus sees only what grows. */
  void bindTo(MeterRegistry registry, Metric metric) {
    counts.forEach(
        (code, count) ->
            metric.counter(count, LongAdder::doubleValue).tag("reason", code).register(registry));
  }
}
