package routes.dashboard;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.dashboard.alerts.Webhook;
import routes.dashboard.alerts.WebhookCheck;
import routes.dashboard.overview.RecentObjects;

/** The dashboard on Camel's management server, beside its health and metrics. */
public final class DashboardPart implements Part {

  private final RecentObjects objects = new RecentObjects();
  private final Sources sources;
  private final int port;
  private final Optional<Webhook> webhook;
  private Optional<DashboardApi> api = Optional.empty();

  /**
   * @param port a free one
   */
  public DashboardPart(Sources sources, int port) {
    this.sources = sources;
    this.port = port;
    webhook =
        sources
            .dashboard()
            .alertWebhook()
            .map(
                url ->
                    new Webhook(
                        URI.create(url.text()), "camel-app " + sources.resources().stream()));
  }

  @Override
  public void bind(Main main) {
    main.addOverrideProperty("dashboard.port", Integer.toString(port));
    main.bind("recent-objects", objects);
    webhook.ifPresent(hook -> main.bind("webhook-check", new WebhookCheck(hook)));
  }

  @Override
  public void started(CamelContext camel) {
    String router = VertxPlatformHttpRouter.getRouterNameFromPort(port);
    MeterRegistry meters = camel.getRegistry().findSingleByType(MeterRegistry.class);
    api =
        Optional.of(
            new DashboardApi(
                VertxPlatformHttpRouter.lookup(camel, router),
                sources,
                camel,
                meters,
                objects,
                webhook));
  }

  @Override
  public String summary() {
    return "dashboard  %s://%s:%s, health and metrics under /observe/health and /observe/metrics"
        .formatted(sources.scheme(), sources.dashboard().host(), port);
  }

  @Override
  public void beforeStop() {
    api.ifPresent(DashboardApi::close);
  }
}
