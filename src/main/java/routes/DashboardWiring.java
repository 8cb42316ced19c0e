package routes;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import routes.cloud.AwsClients;
import routes.dashboard.DashboardApi;
import routes.dashboard.Sources;
import routes.dashboard.overview.RecentObjects;
import routes.deadletter.DeadLetterOffice;
import routes.record.RecordParser;
import routes.settings.Settings;

/** The dashboard on Camel's management server, beside its health and metrics. */
final class DashboardWiring implements AutoCloseable {

  private final RecentObjects objects = new RecentObjects();
  private final Settings settings;
  private final AwsClients aws;
  private final RecordParser parser;
  private Optional<DashboardApi> api = Optional.empty();

  DashboardWiring(Main main, Settings settings, AwsClients aws, RecordParser parser) {
    this.settings = settings;
    this.aws = aws;
    this.parser = parser;
    main.bind("recent-objects", objects);
  }

  /** To be called once the servers are up and the registry of meters is there. */
  void start(
      CamelContext camel, MeterRegistry meters, Endpoints endpoints, DeadLetterOffice deadLetters) {
    URI localCloud = URI.create("http://localhost:" + endpoints.localCloud());
    String scheme = settings.tls().isPresent() ? "https" : "http";
    URI intake = URI.create(scheme + "://localhost:" + endpoints.ingest());
    String router = VertxPlatformHttpRouter.getRouterNameFromPort(endpoints.dashboard());
    api =
        Optional.of(
            new DashboardApi(
                VertxPlatformHttpRouter.lookup(camel, router),
                new Sources(
                    settings,
                    localCloud,
                    intake,
                    aws,
                    camel,
                    meters,
                    parser,
                    objects,
                    deadLetters)));
  }

  @Override
  public void close() {
    api.ifPresent(DashboardApi::close);
  }
}
