package routes.observe;

import com.google.errorprone.annotations.ThreadSafe;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import routes.app.Part;

/** Counts refused requests by the status they are answered. */
@ThreadSafe
public final class RefusalCounter implements Part, IntConsumer {

  private volatile @Nullable Main main;

  @Override
  public void bind(Main app) {
    main = app;
  }

  @Override
  public void accept(int status) {
    Main app = main;
    if (app == null) {
      return;
    }
    CamelContext camel = app.getCamelContext();
    MeterRegistry registry = camel.getRegistry().findSingleByType(MeterRegistry.class);
    if (registry != null) {
      Counter.builder(Metric.INTAKE_PROBLEMS.meter())
          .description(Metric.INTAKE_PROBLEMS.meaning())
          .tag("status", Integer.toString(status))
          .tag(MicrometerConstants.CAMEL_CONTEXT_TAG, camel.getName())
          .register(registry)
          .increment();
    }
  }
}
