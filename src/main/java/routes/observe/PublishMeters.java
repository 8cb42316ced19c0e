package routes.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import routes.publish.PublishMetrics;

/** Meters of what is sent to Kinesis. */
public record PublishMeters(PublishMetrics metrics) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    counter("publish.records", PublishMetrics::records, "Records acknowledged by Kinesis")
        .register(registry);
    counter(
            "publish.bytes",
            PublishMetrics::bytes,
            "Data and partition keys of the records acknowledged by Kinesis")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    counter("publish.calls", PublishMetrics::putCalls, "PutRecords requests").register(registry);
    counter(
            "publish.throttled",
            PublishMetrics::throttledEntries,
            "Records refused because a shard's throughput was exceeded, at each refusal")
        .register(registry);
    counter("publish.retries", PublishMetrics::retries, "Records sent again, each time")
        .register(registry);
    Gauge.builder("publish.inflight.bytes", metrics, PublishMetrics::inFlightBytes)
        .description("Records waiting for Kinesis's acknowledgement")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
  }

  private FunctionCounter.Builder<PublishMetrics> counter(
      String name, ToDoubleFunction<PublishMetrics> value, String description) {
    return FunctionCounter.builder(name, metrics, value).description(description);
  }
}
