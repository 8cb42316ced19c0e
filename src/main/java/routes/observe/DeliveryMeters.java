package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import routes.delivery.CloseReason;
import routes.delivery.DeliveryCounts;
import routes.delivery.Lake;
import routes.delivery.OpenBatches;
import routes.ledger.DeliveryBuffer;
import routes.signal.Signals;

/** Meters of what a lake gets of this process, those of each shard excepted. */
public record DeliveryMeters(Lake lake) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    DeliveryCounts counts = lake.counts();
    String layer = lake.layer().word();
    for (Signals.Place place : lake.signals().places()) {
      Metric.DELIVERY_RECORDS
          .counter(counts, all -> all.records(place.stream()))
          .tag("layer", layer)
          .tag("signal", place.signal().word())
          .register(registry);
    }
    for (CloseReason reason : CloseReason.values()) {
      Metric.DELIVERY_OBJECTS
          .counter(counts, all -> all.objects(reason))
          .tag("closed", reason.name().toLowerCase(Locale.ROOT))
          .tag("layer", layer)
          .register(registry);
    }
    count(Metric.DELIVERY_BYTES, DeliveryCounts::bytes, registry);
    count(Metric.DELIVERY_DUPLICATES, DeliveryCounts::duplicates, registry);
    count(Metric.DELIVERY_ADOPTED, DeliveryCounts::resumed, registry);
    gauge(Metric.DELIVERY_GROUPS_OPEN, lake.open(), OpenBatches::count, registry);
    gauge(Metric.DELIVERY_BUFFER, lake.buffer(), DeliveryBuffer::used, registry);
    gauge(Metric.DELIVERY_BUFFER_LIMIT, lake.buffer(), DeliveryBuffer::limit, registry);
  }

  private void count(
      Metric metric, ToDoubleFunction<DeliveryCounts> value, MeterRegistry registry) {
    metric.counter(lake.counts(), value).tag("layer", lake.layer().word()).register(registry);
  }

  private <T> void gauge(Metric metric, T of, ToDoubleFunction<T> value, MeterRegistry registry) {
    metric.gauge(of, value).tag("layer", lake.layer().word()).register(registry);
  }
}
