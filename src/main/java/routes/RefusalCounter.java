package routes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import routes.observe.Metric;

/**
 * Counts requests refused before their route by status, like the route answer-problem the others.
 */
final class RefusalCounter implements IntConsumer {

  private final Supplier<CamelContext> context;

  RefusalCounter(Supplier<CamelContext> context) {
    this.context = context;
  }

  @Override
  public void accept(int status) {
    CamelContext camel = context.get();
    MeterRegistry registry = camel.getRegistry().findSingleByType(MeterRegistry.class);
    if (registry != null) {
      // Prometheus takes no meter of the same name with other tags than the route's.
      Counter.builder(Metric.INTAKE_PROBLEMS.meter())
          .description(Metric.INTAKE_PROBLEMS.meaning())
          .tag("status", Integer.toString(status))
          .tag(MicrometerConstants.CAMEL_CONTEXT_TAG, camel.getName())
          .register(registry)
          .increment();
    }
  }
}
