package routes.http.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends connections of clients that cannot be told anything any more. */
public final class Connections {

  private Connections() {}

  /**
   * Closes a request's connection now. Vert.x's own {@code close} first waits until all that was
   * written is taken, which a client that reads nothing never does. Thread-safe.
   */
  public static void cut(HttpServerRequest request) {
    ((ConnectionBase) request.connection()).channelHandlerContext().close();
  }
}
