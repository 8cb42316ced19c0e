package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import routes.delivery.CloseReason;
import routes.delivery.DeliveryCounts;
import routes.delivery.OpenBatches;
import routes.ledger.DeliveryBuffer;
import routes.signal.Signals;

/** Meters of what is delivered to the lake by this process, those of each shard excepted. */
public record DeliveryMeters(
    DeliveryCounts counts, OpenBatches open, DeliveryBuffer buffer, Signals signals)
    implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Signals.Place place : signals.places()) {
      Metric.DELIVERY_RECORDS
          .counter(counts, all -> all.records(place.stream()))
          .tag("signal", place.signal().word())
          .register(registry);
    }
    Metric.DELIVERY_BYTES.counter(counts, DeliveryCounts::bytes).register(registry);
    Metric.DELIVERY_DUPLICATES.counter(counts, DeliveryCounts::duplicates).register(registry);
    Metric.DELIVERY_ADOPTED.counter(counts, DeliveryCounts::adopted).register(registry);
    for (CloseReason reason : CloseReason.values()) {
      Metric.DELIVERY_OBJECTS
          .counter(counts, all -> all.objects(reason))
          .tag("closed", reason.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Metric.DELIVERY_GROUPS_OPEN.gauge(open, OpenBatches::count).register(registry);
    Metric.DELIVERY_BUFFER.gauge(buffer, DeliveryBuffer::used).register(registry);
    Metric.DELIVERY_BUFFER_LIMIT.gauge(buffer, DeliveryBuffer::limit).register(registry);
  }
}
