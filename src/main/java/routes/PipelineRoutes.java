package routes;

import java.util.List;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import routes.cloud.AwsClients;
import routes.settings.Settings;

/**
 * The YAML routes, running: Camel with the settings, the AWS clients and those beans bound that
 * have a state of their own. The other beans stand in {@code beans.yaml}.
 */
final class PipelineRoutes implements AutoCloseable {

  private final Main main = new Main();
  private final IntakeWiring intake;
  private final DeliveryWiring delivery;

  private PipelineRoutes(Settings settings, Endpoints endpoints, AwsClients aws) {
    RecordRules rules = new RecordRules(settings);
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    main.addMainListener(new SettingsOnly());
    settings.asProperties().forEach(main::addOverrideProperty);
    main.addOverrideProperty("ingest.port", Integer.toString(endpoints.ingest()));
    main.addOverrideProperty("dashboard.port", Integer.toString(endpoints.dashboard()));
    main.bind("s3", aws.s3());
    main.bind("sqs", aws.sqs());
    main.bind("record-parser", rules.parser());
    intake = new IntakeWiring(main, settings, aws);
    delivery = new DeliveryWiring(main, settings, rules, aws);
  }

  /**
   * Starts the routes; they run when this returns.
   *
   * @throws Exception what kept them from starting, with nothing left running
   */
  static PipelineRoutes start(Settings settings, Endpoints endpoints, AwsClients aws)
      throws Exception {
    PipelineRoutes routes = new PipelineRoutes(settings, endpoints, aws);
    try {
      routes.main.start();
      if (settings.role().takesIn()) {
        routes.intake.answerFailures(routes.main, endpoints.ingest());
      }
      return routes;
    } catch (Exception failure) {
      routes.close();
      throw failure;
    }
  }

  /** The names of the routes that run, in order. */
  List<String> ids() {
    return main.getCamelContext().getRoutes().stream().map(Route::getRouteId).sorted().toList();
  }

  /** Stops the routes gracefully, for as long as {@code camel.main.shutdown-timeout} allows. */
  @Override
  public void close() {
    main.stop();
    intake.close();
    delivery.close();
  }
}
