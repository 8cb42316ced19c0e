package routes.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig.AuthenticationConfigEntry;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * Camel's two HTTP servers, each with a handler in front that sees every request before any route,
 * from the moment the server listens, and both with the same key where TLS is wanted.
 */
public final class HttpServers extends DefaultMainHttpServerFactory {

  private static final String VERTX = "server-vertx";

  private final Handler<RoutingContext> intakeDoor;
  private final Handler<RoutingContext> dashboardDoor;
  private final @Nullable SSLContextParameters tls;
  private final Vertx intakeVertx;
  private final Vertx dashboardVertx;

  /**
   * @param intakeVertx of the intake alone: what its requests wait for must not hold up the
   *     dashboard, which has {@code dashboardVertx}
   * @param tls null = plain HTTP
   */
  public HttpServers(
      Vertx intakeVertx,
      Vertx dashboardVertx,
      Handler<RoutingContext> intakeDoor,
      Handler<RoutingContext> dashboardDoor,
      @Nullable SSLContextParameters tls) {
    this.intakeVertx = intakeVertx;
    this.dashboardVertx = dashboardVertx;
    this.intakeDoor = intakeDoor;
    this.dashboardDoor = dashboardDoor;
    this.tls = tls;
  }

  @Override
  public Service newHttpServer(CamelContext context, HttpServerConfigurationProperties properties) {
    MainHttpServer server = (MainHttpServer) super.newHttpServer(context, properties);
    // A server takes the Vert.x of the registry; where there is none it makes its own.
    context.getRegistry().bind(VERTX, intakeVertx);
    configure(server.getConfiguration(), intakeDoor);
    return server;
  }

  @Override
  public Service newHttpManagementServer(
      CamelContext context, HttpManagementServerConfigurationProperties properties) {
    // A registry keeps one of each class under a name, and of two neither is taken.
    context.getRegistry().unbind(VERTX);
    context.getRegistry().bind(VERTX, dashboardVertx);
    ManagementHttpServer server =
        (ManagementHttpServer) super.newHttpManagementServer(context, properties);
    configure(server.getConfiguration(), dashboardDoor);
    return server;
  }

  private void configure(
      VertxPlatformHttpServerConfiguration server, Handler<RoutingContext> filter) {
    server.setSslContextParameters(tls);
    server.getAuthenticationConfig().setEnabled(true);
    server.getAuthenticationConfig().getEntries().add(new FilterEntry(filter));
  }

  /** Authentication is the one place of these servers that takes a handler before they listen. */
  private static final class FilterEntry extends AuthenticationConfigEntry {

    private final Handler<RoutingContext> handler;

    FilterEntry(Handler<RoutingContext> handler) {
      this.handler = handler;
      setPath("/*");
    }

    @Override
    public Handler<RoutingContext> createAuthenticationHandler(Vertx vertx) {
      return request -> {
        // What there is has one form: better that than 406 (RFC 9110, section 12.4.1). Camel says
        // of its own paths only the form with all its parameters, which hardly anybody asks for.
        request.parsedHeaders().accept().clear();
        handler.handle(request);
      };
    }
  }
}
