package routes;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig.AuthenticationConfigEntry;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;

/**
 * Camel's two HTTP servers, each with a handler in front that sees every request before any route,
 * from the moment the server listens.
 */
final class HttpServers extends DefaultMainHttpServerFactory {

  private final Handler<RoutingContext> intakeDoor;
  private final Handler<RoutingContext> dashboardDoor;

  HttpServers(Handler<RoutingContext> intakeDoor, Handler<RoutingContext> dashboardDoor) {
    this.intakeDoor = intakeDoor;
    this.dashboardDoor = dashboardDoor;
  }

  @Override
  public Service newHttpServer(CamelContext context, HttpServerConfigurationProperties properties) {
    MainHttpServer server = (MainHttpServer) super.newHttpServer(context, properties);
    putInFront(server.getConfiguration().getAuthenticationConfig(), intakeDoor);
    return server;
  }

  @Override
  public Service newHttpManagementServer(
      CamelContext context, HttpManagementServerConfigurationProperties properties) {
    ManagementHttpServer server =
        (ManagementHttpServer) super.newHttpManagementServer(context, properties);
    putInFront(server.getConfiguration().getAuthenticationConfig(), dashboardDoor);
    return server;
  }

  private static void putInFront(AuthenticationConfig config, Handler<RoutingContext> handler) {
    config.setEnabled(true);
    config.getEntries().add(new Door(handler));
  }

  /** Authentication is the one place of these servers that takes a handler before they listen. */
  private static final class Door extends AuthenticationConfigEntry {

    private final Handler<RoutingContext> handler;

    Door(Handler<RoutingContext> handler) {
      this.handler = handler;
      setPath("/*");
    }

    @Override
    public Handler<RoutingContext> createAuthenticationHandler(Vertx vertx) {
      return handler;
    }
  }
}
