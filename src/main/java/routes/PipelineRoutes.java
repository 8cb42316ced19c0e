package routes;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import routes.cloud.AwsClients;
import routes.cloud.CloudException;
import routes.settings.Settings;

/**
 * The YAML routes, running: Camel with the settings, the AWS clients and those beans bound that
 * have a state of their own. The other beans stand in {@code beans.yaml}.
 */
final class PipelineRoutes implements AutoCloseable {

  private final Main main = new Main();
  private final RecordRules rules;
  private final IntakeWiring intake;
  private final DeliveryWiring delivery;
  private final SignalsWiring signals;
  private final DashboardWiring dashboard;
  private final Optional<RouteFolder> folder;
  private Optional<RouteEdits> edits = Optional.empty();
  private Optional<DeadLetterWiring> deadLetters = Optional.empty();

  private PipelineRoutes(Settings settings, Endpoints endpoints, AwsClients aws) throws Exception {
    rules = new RecordRules(settings);
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    main.addMainListener(new SettingsOnly());
    settings.asProperties().forEach(main::addOverrideProperty);
    main.addOverrideProperty("ingest.port", Integer.toString(endpoints.ingest()));
    main.addOverrideProperty("dashboard.port", Integer.toString(endpoints.dashboard()));
    main.bind("s3", aws.s3());
    main.bind("sqs", aws.sqs());
    main.bind("record-parser", rules.parser());
    intake = new IntakeWiring(main, settings, rules, aws);
    delivery = new DeliveryWiring(main, settings, rules, aws);
    signals = new SignalsWiring(main, settings, aws, intake, delivery);
    dashboard = new DashboardWiring(main, settings, aws, rules.parser());
    folder = watched(settings);
  }

  /**
   * Starts the routes; they run when this returns.
   *
   * @throws CloudException when the folder of the routes has none
   * @throws Exception what else kept them from starting, with nothing left running
   */
  static PipelineRoutes start(Settings settings, Endpoints endpoints, AwsClients aws)
      throws Exception {
    PipelineRoutes routes = new PipelineRoutes(settings, endpoints, aws);
    try {
      routes.main.start();
      routes.requireAny(settings);
      routes.delivery.start();
      if (settings.role().takesIn()) {
        routes.intake.answerTheRest(routes.main, endpoints.ingest());
      }
      routes.signals.start(routes.meters());
      DeadLetterWiring letters =
          new DeadLetterWiring(
              routes.main, settings.lake(), routes.rules, aws, routes.intake.gate());
      routes.deadLetters = Optional.of(letters);
      routes.dashboard.start(
          routes.main.getCamelContext(), routes.meters(), endpoints, letters.office());
      routes.watch(settings.routes().dir());
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

  private static Optional<RouteFolder> watched(Settings settings) throws IOException {
    if (!settings.routes().reload() || !settings.routes().onDisk()) {
      return Optional.empty();
    }
    String excluded = settings.asProperties().getOrDefault("camel.main.routes-exclude-pattern", "");
    return Optional.of(new RouteFolder(settings.routes().dir(), excluded.split(",")));
  }

  private void watch(Path dir) {
    edits =
        folder.map(
            files -> new RouteEdits(dir, files, new LiveRoutes(main.getCamelContext(), dir)));
    edits.ifPresent(RouteEdits::start);
  }

  private MeterRegistry meters() {
    return main.getCamelContext().getRegistry().findSingleByType(MeterRegistry.class);
  }

  private void requireAny(Settings settings) {
    if (main.getCamelContext().getRoutes().isEmpty()) {
      throw new CloudException(
          "ROUTES_DIR=%s has no route for ROLE=%s: expected *.yaml files in it, as in routes-yaml; without the folder the routes inside the jar run"
              .formatted(settings.routes().dir(), settings.role().name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Stops the routes gracefully, for as long as {@code camel.main.shutdown-timeout} allows. */
  @Override
  public void close() {
    edits.ifPresent(RouteEdits::close);
    dashboard.close();
    deadLetters.ifPresent(DeadLetterWiring::close);
    main.stop();
    signals.close();
    intake.close();
    delivery.close();
  }
}
