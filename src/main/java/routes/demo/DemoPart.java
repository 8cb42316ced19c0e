package routes.demo;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import routes.app.Part;
import routes.cloud.CloudException;
import routes.dashboard.web.DashboardSettings;
import routes.settings.Cloud;

/** The demo, of which nothing is loaded until somebody wants it. Safe for use by many threads. */
public final class DemoPart implements Part {

  private final DemoSettings settings;
  private final DashboardSettings dashboard;
  private final Cloud cloud;
  private final URI intake;
  private final Optional<String> key;
  private @Nullable DemoServer server;

  /**
   * @param dashboard whose guards are those of the demo too
   * @param intake where it sends to, unless its settings say otherwise
   * @param key that this intake asks for
   */
  public DemoPart(
      DemoSettings settings,
      DashboardSettings dashboard,
      Cloud cloud,
      URI intake,
      Optional<String> key) {
    this.settings = settings;
    this.dashboard = dashboard;
    this.cloud = cloud;
    this.intake = settings.url().orElse(intake);
    this.key = settings.apiKey().map(secret -> secret.text()).or(() -> key);
  }

  @Override
  public void started(CamelContext camel) {
    if (settings.enabled()) {
      start();
    }
  }

  /**
   * Starts it, unless it runs.
   *
   * @return where its page is, as this machine sees it
   * @throws CloudException when its port cannot be used
   */
  public synchronized URI start() {
    if (server == null) {
      server = serve();
    }
    server.fill();
    return url(server);
  }

  private DemoServer serve() {
    try {
      return new DemoServer(settings, dashboard, cloud, intake, key);
    } catch (IOException busy) {
      throw new CloudException(
          "DEMO_PORT=%s on %s cannot be used (%s): stop what listens there, or set DEMO_PORT to another port or 0"
              .formatted(settings.port(), dashboard.host(), busy.getMessage()),
          busy);
    }
  }

  private static URI url(DemoServer server) {
    return URI.create("http://localhost:" + server.port());
  }

  @Override
  public synchronized String summary() {
    return server == null ? "" : "demo       %s, sends to %s".formatted(url(server), intake);
  }

  @Override
  public void beforeStop() {
    close();
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.close();
      server = null;
    }
  }
}
