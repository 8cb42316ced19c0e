package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import routes.kinesis.publish.PublishMetrics;
import routes.kinesis.publish.PublishPart;

/**
 * Meters of what is sent to Kinesis.
 *
 * @param clock one that nobody sets
 */
public record PublishMeters(PublishPart publish, InstantSource clock) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    PublishMetrics metrics = publish.publisher().metrics();
    Metric.PUBLISH_RECORDS.counter(metrics, PublishMetrics::records).register(registry);
    Metric.PUBLISH_BYTES.counter(metrics, PublishMetrics::bytes).register(registry);
    Metric.PUBLISH_CALLS.counter(metrics, PublishMetrics::putCalls).register(registry);
    Metric.PUBLISH_THROTTLED.counter(metrics, PublishMetrics::throttledEntries).register(registry);
    Metric.PUBLISH_RETRIES.counter(metrics, PublishMetrics::retries).register(registry);
    Metric.PUBLISH_INFLIGHT.gauge(metrics, PublishMetrics::inFlightBytes).register(registry);
    Metric.PUBLISH_RECEIPTS_BLOCKED.gauge(publish, this::receiptsBlocked).register(registry);
  }

  private double receiptsBlocked(PublishPart part) {
    return part.failingReceipts()
        .map(attempt -> (double) attempt.age(clock.instant()).toSeconds())
        .orElse(0.0);
  }
}
