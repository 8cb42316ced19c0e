package routes.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The Vert.x of the intake's servers, with what Camel has no setting for: connections on which
 * nothing moves are closed, and gRPC has a server of its own.
 */
public final class IntakeVertx extends ServerVertx {

  /** Each waits for Kinesis with its request; ten milliseconds make twenty of them too few. */
  private static final int WORKERS = 128;

  /** The name that Vert.x gives it. */
  private static final String DECODER = "httpDecoder";

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
    limitIdleTime(options);
    return super.createHttpServer(options)
        .connectionHandler(connection -> requireClearLengths(connection, options));
  }

  /**
   * A server for gRPC, which speaks HTTP/2 and nothing else.
   *
   * @param key null = without TLS
   */
  HttpServer createGrpcServer(@Nullable KeyCertOptions key) {
    HttpServerOptions options = limitIdleTime(new HttpServerOptions());
    if (key != null) {
      options
          .setSsl(true)
          .setKeyCertOptions(key)
          .setUseAlpn(true)
          .setAlpnVersions(List.of(HttpVersion.HTTP_2));
    }
    return delegate
        .createHttpServer(options)
        .connectionHandler(
            connection -> {
              if (pipeline(connection).get(DECODER) != null) {
                connection.close();
              }
            });
  }

  private HttpServerOptions limitIdleTime(HttpServerOptions options) {
    return options
        .setIdleTimeout(Math.toIntExact(idle.toMillis()))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  /** Vert.x has no setting for it, and Netty no other place that sees both headers. */
  private static void requireClearLengths(HttpConnection connection, HttpServerOptions options) {
    ChannelPipeline pipeline = pipeline(connection);
    if (pipeline.get(DECODER) != null) {
      pipeline.replace(DECODER, DECODER, new ClearLengths(options));
    }
  }

  private static ChannelPipeline pipeline(HttpConnection connection) {
    return ((ConnectionBase) connection).channel().pipeline();
  }

  /**
   * Refuses with 400, and closes the connection, where it is not clear how long a body is (RFC
   * 9112, section 6.3): with a transfer coding that is not understood, which would pass for no
   * body, and with a length besides {@code chunked}.
   */
  private static final class ClearLengths extends VertxHttpRequestDecoder {

    ClearLengths(HttpServerOptions options) {
      super(options);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage request) {
      List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
      boolean chunked =
          codings.size() == 1
              && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0).strip());
      if (!codings.isEmpty()
          && (!chunked || request.headers().contains(HttpHeaderNames.CONTENT_LENGTH))) {
        throw new IllegalArgumentException("The length of the body is not clear");
      }
      return super.isContentAlwaysEmpty(request);
    }
  }
}
