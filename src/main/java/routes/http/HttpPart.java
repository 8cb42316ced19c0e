package routes.http;

import io.vertx.core.Handler;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.RoutingContext;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import routes.access.AccessKeys;
import routes.access.Origins;
import routes.app.Part;

/** The servers of HTTP and gRPC, and all that a request meets before and after its route. */
public final class HttpPart implements Part {

  private final HttpSettings settings;
  private final Optional<TlsSettings> tls;
  private final int port;
  private final int grpcPort;
  private final Map<String, ? extends Dialect> dialects;
  private final IntConsumer refused;
  private final RouteHold hold;
  private final Handler<RoutingContext> dashboard;
  private final IntakeVertx vertx;
  private final ServerVertx dashboardVertx = new ServerVertx(new VertxOptions());
  private Optional<RequestFilter> filter = Optional.empty();

  /**
   * @param port a free one; 0 = this process takes nothing in
   * @param grpcPort a free one; 0 = gRPC is not spoken
   * @param dialects the words of each protocol, by the path under which it is spoken
   * @param refused is told the status of each request that is refused
   * @param hold has requests wait while routes are replaced
   * @param dashboard sees every request to the dashboard's server first
   */
  public HttpPart(
      HttpSettings settings,
      Optional<TlsSettings> tls,
      int port,
      int grpcPort,
      Map<String, ? extends Dialect> dialects,
      IntConsumer refused,
      RouteHold hold,
      Handler<RoutingContext> dashboard) {
    this.settings = settings;
    this.tls = tls;
    this.port = port;
    this.grpcPort = grpcPort;
    this.dialects = dialects;
    this.refused = refused;
    this.hold = hold;
    this.dashboard = dashboard;
    vertx = new IntakeVertx(settings.limits().idleTime());
  }

  @Override
  public void bind(Main main) throws Exception {
    HttpLimits limits = settings.limits();
    BodyMemory memory = new BodyMemory(limits.bufferBytes());
    RequestBodies bodies =
        new RequestBodies(limits.bodyBytes(), memory, limits.requestTime(), hold);
    Problems problems = new Problems(dialects, refused);
    RequestFilter first =
        new RequestFilter(
            () -> main.getCamelContext().isStarted(),
            hold,
            bodies,
            new Origins(settings.allowedOrigins()),
            new ApiKeys(new AccessKeys(settings.apiKeys())),
            problems);
    filter = Optional.of(first);
    main.addOverrideProperty("ingest.port", Integer.toString(port));
    // It would copy the body of every request, which is no stream.
    main.addOverrideProperty(
        "camel.main.stream-caching-deny-classes", "io.vertx.core.buffer.Buffer");
    main.bind("http-exchanges", new HttpExchanges(limits.bodyBytes(), memory, bodies, problems));
    main.bind(
        "http-servers",
        new HttpServers(
            vertx,
            dashboardVertx,
            first::enter,
            dashboard,
            tls.isPresent() ? TlsKeys.read(tls.get()) : null));
  }

  /** Answers what no route has, and listens for gRPC too, from now on. */
  @Override
  public void started(CamelContext camel) throws GeneralSecurityException {
    if (port == 0) {
      return;
    }
    VertxPlatformHttpRouter router =
        VertxPlatformHttpRouter.lookup(camel, VertxPlatformHttpRouter.getRouterNameFromPort(port));
    RequestFilter last = filter.orElseThrow();
    router
        .route()
        .last()
        .handler(request -> last.answerUnmatched(request, router))
        .failureHandler(last::answerFailure);
    if (grpcPort != 0) {
      vertx
          .createGrpcServer(tls.isPresent() ? TlsKeys.forVertx(tls.get()) : null)
          .requestHandler(request -> router.handle(new GatheredRequest(request)))
          .listen(grpcPort, settings.host())
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }
  }

  @Override
  public String summary() {
    return grpcPort == 0 ? "" : "OTLP/gRPC  %s:%s".formatted(settings.host(), grpcPort);
  }

  @Override
  public void close() {
    vertx.close();
    dashboardVertx.close();
  }
}
