package routes;

import io.vertx.core.VertxOptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import routes.access.AccessKeys;
import routes.access.Origins;
import routes.app.Part;
import routes.app.Threads;
import routes.dashboard.web.DashboardDoor;
import routes.http.HttpServers;
import routes.http.IntakeVertx;
import routes.http.ServerVertx;
import routes.http.TlsKeys;
import routes.http.TlsSettings;
import routes.intake.ApiKeys;
import routes.intake.BodyMemory;
import routes.intake.IntakeDoor;
import routes.intake.IntakeGate;
import routes.intake.IntakeLimits;
import routes.intake.IntakeSettings;
import routes.intake.Problems;
import routes.intake.RequestBodies;
import routes.intake.RouteHold;
import routes.intake.TextDialect;
import routes.intake.datadog.DatadogDialect;
import routes.intake.hec.HecDialect;
import routes.intake.otlp.OtlpDialect;

/** Records over HTTP, and what is in front of the routes of both HTTP servers. */
final class IntakePart implements Part {

  private static final int DEAD_LETTER_THREADS = 8;

  private final ExecutorService deadLetterThreads =
      Threads.pool("dead-letter", DEAD_LETTER_THREADS);
  private final Problems problems =
      new Problems(
          Map.of(
              "/v1/logs", new OtlpDialect(),
              "/v1/metrics", new OtlpDialect(),
              "/v1/traces", new OtlpDialect(),
              "/api/v1/write", new TextDialect(),
              "/api/v2/spans", new TextDialect(),
              "/services/collector", new HecDialect(),
              "/api/v2/logs", new DatadogDialect()));
  private final IntakeSettings settings;
  private final Optional<TlsSettings> tls;
  private final int port;
  private final IntakeGate gate;
  private final DashboardDoor dashboard;
  private final RouteHold hold;
  private final BodyMemory memory;
  private final IntakeVertx vertx;
  private final ServerVertx dashboardVertx = new ServerVertx(new VertxOptions());
  private Optional<IntakeDoor> door = Optional.empty();

  /**
   * @param port a free one; 0 = this process takes nothing in
   * @param gate turns requests away while records cannot be published
   * @param hold has requests wait while routes are replaced
   */
  IntakePart(
      IntakeSettings settings,
      Optional<TlsSettings> tls,
      int port,
      IntakeGate gate,
      RouteHold hold,
      DashboardDoor dashboard) {
    this.settings = settings;
    this.tls = tls;
    this.port = port;
    this.gate = gate;
    this.hold = hold;
    this.dashboard = dashboard;
    memory = new BodyMemory(settings.limits().bufferBytes());
    vertx = new IntakeVertx(settings.limits().idleTime());
  }

  @Override
  public void bind(Main main) throws Exception {
    IntakeLimits limits = settings.limits();
    RequestBodies bodies =
        new RequestBodies(limits.bodyBytes(), memory, limits.requestTime(), hold);
    IntakeDoor first =
        new IntakeDoor(
            () -> main.getCamelContext().isStarted(),
            hold,
            bodies,
            new Origins(settings.allowedOrigins()),
            new ApiKeys(new AccessKeys(settings.apiKeys())),
            problems,
            new RefusalCounter(main::getCamelContext));
    door = Optional.of(first);
    main.addOverrideProperty("ingest.port", Integer.toString(port));
    main.bind("body-decoding", new BodyDecoding(limits.bodyBytes(), memory, bodies));
    main.bind("dead-letter-threads", deadLetterThreads);
    main.bind("intake-gate", gate);
    main.bind("problems", problems);
    main.bind(
        "http-servers",
        new HttpServers(
            vertx,
            dashboardVertx,
            first::enter,
            dashboard,
            tls.isPresent() ? TlsKeys.read(tls.get()) : null));
  }

  /** Answers what no route has, from now on. */
  @Override
  public void started(CamelContext camel) {
    if (port == 0) {
      return;
    }
    VertxPlatformHttpRouter router =
        VertxPlatformHttpRouter.lookup(camel, VertxPlatformHttpRouter.getRouterNameFromPort(port));
    IntakeDoor last = door.orElseThrow();
    router
        .route()
        .last()
        .handler(request -> last.answerUnmatched(request, router))
        .failureHandler(last::answerFailure);
  }

  @Override
  public String summary() {
    return port == 0
        ? ""
        : "intake     %s://%s:%s/api/ingest and %s/*.jsonl"
            .formatted(
                tls.isPresent() ? "https" : "http", settings.host(), port, settings.inboxDir());
  }

  @Override
  public void close() {
    deadLetterThreads.shutdown();
    vertx.close();
    dashboardVertx.close();
  }
}
