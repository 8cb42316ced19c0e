package routes.demo;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import routes.demo.control.Defaults;
import routes.demo.control.Demo;
import routes.demo.control.DemoApi;
import routes.demo.send.Intake;
import routes.http.TlsKeys;
import routes.http.TlsSettings;
import routes.http.api.Api;
import routes.http.api.DashboardFilter;
import routes.http.api.DashboardSettings;
import routes.http.api.StaticFiles;
import routes.http.api.Workers;
import routes.http.api.WriteGuard;
import routes.settings.Cloud;

/** The demo with a server of its own, guarded as the dashboard is. */
public final class DemoServer implements AutoCloseable {

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
  private final Workers workers = new Workers();
  private final Demo demo;
  private final HttpServer server;
  private final String host;

  /**
   * Serves when this returns; nothing is simulated yet.
   *
   * @param dashboard whose guards are those of the demo too
   * @param tls empty = plain HTTP
   * @param intake where it sends to
   * @throws IOException when its port cannot be used
   */
  public DemoServer(
      DemoSettings settings,
      DashboardSettings dashboard,
      Cloud cloud,
      Optional<TlsSettings> tls,
      Intake intake)
      throws IOException, GeneralSecurityException {
    WriteGuard writes = new WriteGuard(dashboard, cloud);
    demo =
        new Demo(
            settings.scenariosDir(),
            new Defaults(settings.logsPerSecond(), settings.seed(), settings.anomaliesPerHour()),
            intake,
            writes.writesArePossible());
    Router router = Router.router(vertx);
    router.route().handler(new DashboardFilter(dashboard));
    Api api = new Api(router, writes, workers);
    new DemoApi(demo).addTo(api);
    StaticFiles.addTo(router, StaticFiles.Site.DEMO);
    api.refuseTheRest();
    host = dashboard.host();
    HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
    if (tls.isPresent()) {
      options.setSsl(true).setKeyCertOptions(TlsKeys.forVertx(tls.get()));
    }
    server = vertx.createHttpServer(options).requestHandler(router);
    listen(settings.port());
  }

  private void listen(int port) throws IOException {
    try {
      server.listen(port, host).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException busy) {
      close();
      throw new IOException(String.valueOf(busy.getCause()), busy);
    }
  }

  public int port() {
    return server.actualPort();
  }

  /** Fills the last hour, and then goes on in real time. */
  public void fill() {
    demo.fill();
  }

  @Override
  public void close() {
    demo.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    workers.close();
  }
}
