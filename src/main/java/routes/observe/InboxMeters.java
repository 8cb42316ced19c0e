package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Supplier;
import routes.inbox.InboxStatus;

/** Meters of the files in the inbox. */
public record InboxMeters(Supplier<InboxStatus> inbox) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    Metric.INBOX_FILES.gauge(inbox, all -> all.get().files()).register(registry);
    Metric.INBOX_UNREAD.gauge(inbox, all -> all.get().unreadBytes()).register(registry);
    Metric.INBOX_FAILING.gauge(inbox, all -> all.get().failing().size()).register(registry);
    Metric.INBOX_PASSED_OVER.gauge(inbox, all -> all.get().passedOver().size()).register(registry);
    Metric.INBOX_NUL.counter(inbox, all -> all.get().nulBytes()).register(registry);
  }
}
