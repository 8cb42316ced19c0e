package routes.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.Route;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The YAML routes, running, with the parts around them. */
public final class Pipeline implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Main main = new Main();
  private final List<Part> parts;

  private Pipeline(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Starts the parts and the routes; they run when this returns.
   *
   * @param properties in place of those in {@code application.properties}
   * @throws Exception what kept them from starting, with nothing left running
   */
  public static Pipeline start(Map<String, String> properties, List<Part> parts) throws Exception {
    Pipeline pipeline = new Pipeline(List.copyOf(parts));
    try {
      pipeline.run(properties);
      return pipeline;
    } catch (Exception | Error failure) {
      pipeline.close();
      throw failure;
    }
  }

  /**
   * Has Camel take its properties from here alone. It would look them up among the environment
   * variables too, where an unchecked {@code INGEST_PORT} would win over the checked {@code
   * ingest.port}.
   */
  public static void configure(Main main, Map<String, String> properties) {
    properties.forEach(main::addOverrideProperty);
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeInitialize(BaseMainSupport starting) {
            ((PropertiesComponent) starting.getCamelContext().getPropertiesComponent())
                .setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
          }
        });
  }

  /** The names of the routes that run, in order. */
  public List<String> routeIds() {
    return main.getCamelContext().getRoutes().stream().map(Route::getRouteId).sorted().toList();
  }

  private void run(Map<String, String> properties) throws Exception {
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    configure(main, properties);
    for (Part part : parts) {
      part.bind(main);
    }
    main.start();
    for (Part part : parts) {
      part.started(main.getCamelContext());
    }
  }

  /** Stops the routes gracefully, for as long as {@code camel.main.shutdown-timeout} allows. */
  @Override
  public void close() {
    List<Part> backwards = new ArrayList<>(parts);
    Collections.reverse(backwards);
    backwards.forEach(part -> stop(part, part::beforeStop));
    main.stop();
    backwards.forEach(part -> stop(part, part::close));
  }

  private static void stop(Part part, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException failure) {
      LOG.error("{} did not stop cleanly", part.getClass().getSimpleName(), failure);
    }
  }
}
