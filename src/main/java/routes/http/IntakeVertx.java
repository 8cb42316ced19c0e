package routes.http;

import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The Vert.x of the intake's HTTP server, with what Camel has no setting for: connections on which
 * nothing moves are closed. Of HTTP/2 without TLS Camel could not take the requests either, once
 * their bodies are gathered.
 */
public final class IntakeVertx extends ServerVertx {

  /** Each waits for Kinesis with its request; ten milliseconds make twenty of them too few. */
  private static final int WORKERS = 128;

  private final Duration idle;

  /**
   * A Vert.x of its own threads.
   *
   * @param idle how long nothing may move on a connection, in either direction
   */
  public IntakeVertx(Duration idle) {
    super(new VertxOptions().setWorkerPoolSize(WORKERS));
    this.idle = idle;
  }

  @Override
  public HttpServer createHttpServer(HttpServerOptions options) {
    return super.createHttpServer(
        options
            .setIdleTimeout(Math.toIntExact(idle.toMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
  }
}
