package routes.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;

/**
 * A Vert.x of its own threads whose HTTP servers do not speak HTTP/2 without TLS: beside gRPC no
 * shipper, scraper or browser uses it, and what is not spoken cannot be abused.
 */
public class ServerVertx extends VertxWrapper {

  public ServerVertx(VertxOptions options) {
    super((VertxInternal) Vertx.vertx(options));
  }

  @Override
  public HttpServer createHttpServer(HttpServerOptions options) {
    return super.createHttpServer(options.setHttp2ClearTextEnabled(false));
  }
}
