package routes.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import routes.access.CallingSite;
import routes.http.HttpProblem;

/**
 * Answers that last, over a WebSocket: a browser has six connections for all tabs of a server,
 * which such answers would fill, and some hundred sockets. What is sent is what a response would
 * have. A socket that is closed with another status than 1000 has not sent all.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-7.4">RFC 6455, status codes</a>
 */
public final class WebSockets {

  private static final short STOPPING = 1001;
  private static final short REFUSED = 1008;
  private static final short FAILED = 1011;
  private static final short BUSY = 1013;

  /** Of a frame that closes, without its status. */
  private static final int MAX_REASON_BYTES = 123;

  private WebSockets() {}

  /** Whether a client wants one. */
  public static boolean isAsked(HttpServerRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
  }

  /**
   * Opens the one that is asked for. Browsers let any page open one anywhere and read it, so pages
   * of other sites are refused. To be called before the handler of the request returns.
   *
   * @param use is called once it is open
   */
  public static void open(RoutingContext request, Consumer<ServerWebSocket> use) {
    if (CallingSite.isAnother(request.request())) {
      Answers.problem(
          request, new HttpProblem(403, "The request comes from a page of another site"));
      return;
    }
    request.request().toWebSocket().onSuccess(use::accept).onFailure(request::fail);
  }

  /** Sends an answer, or closes with the reason why there is none. */
  static void answer(ServerWebSocket socket, Workers workers, Callable<Object> endpoint) {
    try {
      if (endpoint.call() instanceof Content content) {
        workers.stream(() -> send(socket, content));
      } else {
        socket.close(REFUSED, "Ask for this without a WebSocket");
      }
    } catch (Exception | Error failure) {
      refuse(socket, Failures.problem(failure));
    }
  }

  /** Closes with what a response would tell, or the beginning of it. */
  static void refuse(ServerWebSocket socket, HttpProblem problem) {
    String reason = String.valueOf(problem.getMessage());
    while (reason.getBytes(UTF_8).length > MAX_REASON_BYTES) {
      reason = reason.substring(0, reason.length() - 1);
    }
    socket.close(status(problem), reason);
  }

  private static short status(HttpProblem problem) {
    if (problem.status() == 503) {
      return BUSY;
    }
    return problem.status() < 500 ? REFUSED : FAILED;
  }

  private static void send(ServerWebSocket socket, Content content) {
    ResponseStream out = new ResponseStream(socket);
    try {
      content.writeTo(out);
      out.close();
    } catch (IOException | UncheckedIOException | CancellationException ended) {
      socket.close(STOPPING);
    } catch (Exception | Error failure) {
      refuse(socket, Failures.problem(failure));
    }
  }
}
