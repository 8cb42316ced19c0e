package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import routes.kinesis.publish.PublishMetrics;

/** Meters of what is sent to Kinesis. */
public record PublishMeters(PublishMetrics metrics) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    Metric.PUBLISH_RECORDS.counter(metrics, PublishMetrics::records).register(registry);
    Metric.PUBLISH_BYTES.counter(metrics, PublishMetrics::bytes).register(registry);
    Metric.PUBLISH_CALLS.counter(metrics, PublishMetrics::putCalls).register(registry);
    Metric.PUBLISH_THROTTLED.counter(metrics, PublishMetrics::throttledEntries).register(registry);
    Metric.PUBLISH_RETRIES.counter(metrics, PublishMetrics::retries).register(registry);
    Metric.PUBLISH_INFLIGHT.gauge(metrics, PublishMetrics::inFlightBytes).register(registry);
  }
}
