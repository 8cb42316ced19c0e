package routes.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
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
      counter("delivery.records", all -> all.records(place.stream()), "Records written to the lake")
          .tag("signal", place.signal().word())
          .register(registry);
    }
    counter(
            "delivery.bytes",
            DeliveryCounts::bytes,
            "Lines of the records written to the lake, before compression")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    counter("delivery.duplicates", DeliveryCounts::duplicates, "Copies of records, left out")
        .register(registry);
    counter(
            "delivery.adopted",
            DeliveryCounts::adopted,
            "Objects found in place of one of this process's own, and taken for delivered")
        .register(registry);
    for (CloseReason reason : CloseReason.values()) {
      counter(
              "delivery.objects",
              all -> all.objects(reason),
              "Objects written to the lake, by what closed them")
          .tag("closed", reason.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("delivery.groups.open", open, OpenBatches::count)
        .description("Services and hours, by shard, with records that are not yet in an object")
        .register(registry);
    Gauge.builder("delivery.buffer.bytes", buffer, DeliveryBuffer::used)
        .description("Memory that records on their way to the lake hold")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    Gauge.builder("delivery.buffer.limit.bytes", buffer, DeliveryBuffer::limit)
        .description("The memory at which reading waits")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
  }

  private FunctionCounter.Builder<DeliveryCounts> counter(
      String name, ToDoubleFunction<DeliveryCounts> value, String description) {
    return FunctionCounter.builder(name, counts, value).description(description);
  }
}
