package routes.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import routes.app.Part;
import routes.cloud.CloudException;
import routes.demo.send.Intake;
import routes.http.TlsKeys;
import routes.http.TlsSettings;
import routes.http.api.DashboardSettings;
import routes.settings.Cloud;

/** The demo, of which nothing is loaded until somebody wants it. Safe for use by many threads. */
public final class DemoPart implements Part {

  private final DemoSettings settings;
  private final DashboardSettings dashboard;
  private final Cloud cloud;
  private final Optional<TlsSettings> tls;
  private final URI ourselves;
  private final Optional<String> key;

  @GuardedBy("this")
  private @Nullable DemoServer server;

  /**
   * @param dashboard whose guards are those of the demo too
   * @param tls of our own servers; empty = plain HTTP
   * @param ourselves where it sends to, unless its settings say otherwise
   * @param key that this intake asks for
   */
  public DemoPart(
      DemoSettings settings,
      DashboardSettings dashboard,
      Cloud cloud,
      Optional<TlsSettings> tls,
      URI ourselves,
      Optional<String> key) {
    this.settings = settings;
    this.dashboard = dashboard;
    this.cloud = cloud;
    this.tls = tls;
    this.ourselves = ourselves;
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
      return new DemoServer(settings, dashboard, cloud, tls, intake());
    } catch (IOException busy) {
      throw new CloudException(
          "DEMO_PORT=%s on %s cannot be used (%s): stop what listens there, or set DEMO_PORT to another port or 0"
              .formatted(settings.port(), dashboard.host(), busy.getMessage()),
          busy);
    } catch (GeneralSecurityException unusable) {
      throw new CloudException("TLS_KEYSTORE cannot be used by the demo's page", unusable);
    }
  }

  private Intake intake() throws GeneralSecurityException {
    return tls.isPresent() && settings.url().isEmpty()
        ? new Intake(ourselves, key, Optional.of(TlsKeys.trustingOurselves(tls.get())))
        : new Intake(target(), key, Optional.empty());
  }

  private URI target() {
    return settings.url().orElse(ourselves);
  }

  private URI url(DemoServer server) {
    return URI.create(
        "%s://localhost:%s".formatted(tls.isPresent() ? "https" : "http", server.port()));
  }

  @Override
  public synchronized String summary() {
    return server == null ? "" : "demo       %s, sends to %s".formatted(url(server), target());
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
