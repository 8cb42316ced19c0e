package routes.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import routes.inbox.InboxStatus;

/** Meters of the files in the inbox. */
public record InboxMeters(Supplier<InboxStatus> inbox) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge("inbox.files", InboxStatus::files, "Files in the inbox that are followed")
        .register(registry);
    gauge(
            "inbox.unread.bytes",
            InboxStatus::unreadBytes,
            "What of the followed files is not yet published")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    gauge(
            "inbox.failing",
            all -> all.failing().size(),
            "Files in the inbox that cannot be read at present")
        .register(registry);
    gauge(
            "inbox.passed.over",
            all -> all.passedOver().size(),
            "What lies in the inbox and is not read")
        .register(registry);
    FunctionCounter.builder("inbox.nul", inbox, all -> all.get().nulBytes())
        .baseUnit(BaseUnits.BYTES)
        .description("NUL bytes passed over in files where lines should be")
        .register(registry);
  }

  private Gauge.Builder<Supplier<InboxStatus>> gauge(
      String name, ToDoubleFunction<InboxStatus> value, String description) {
    return Gauge.builder(name, inbox, status -> value.applyAsDouble(status.get()))
        // Nobody else holds it.
        .strongReference(true)
        .description(description);
  }
}
