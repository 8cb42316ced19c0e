package routes.dashboard.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.ThreadSafe;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import routes.http.api.Connections;
import routes.http.api.Json;

/**
 * Server-sent events, one stream for everything a page wants to know. Nobody is waited for: a
 * client that does not keep up is dropped, and comes back by itself.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, server-sent
 *     events</a>
 */
@ThreadSafe
public final class EventStream {

  private static final int MAX_CLIENTS = 64;

  private static final Buffer HEARTBEAT = Buffer.buffer(": still here\n\n");

  private final Set<RoutingContext> clients = ConcurrentHashMap.newKeySet();
  private final Supplier<Map<String, Object>> greeting;

  /**
   * A stream without clients.
   *
   * @param greeting what a client is told when it comes, by event
   */
  public EventStream(Supplier<Map<String, Object>> greeting) {
    this.greeting = greeting;
  }

  /** Takes a client in, for as long as it stays. */
  public void join(RoutingContext client) {
    HttpServerResponse response = client.response();
    if (clients.size() >= MAX_CLIENTS) {
      response.setStatusCode(503).putHeader("Retry-After", "10").end();
      return;
    }
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        // Keeps nginx from holding events back.
        .putHeader("X-Accel-Buffering", "no")
        .closeHandler(gone -> clients.remove(client))
        .exceptionHandler(gone -> clients.remove(client));
    response.write("retry: 2000\n\n");
    greeting.get().forEach((event, data) -> response.write(event(event, data)));
    clients.add(client);
    if (response.closed()) {
      clients.remove(client);
    }
  }

  /** Whether anybody listens. */
  public boolean hasClients() {
    return !clients.isEmpty();
  }

  /** Tells all clients. */
  public void send(String event, Object data) {
    if (hasClients()) {
      sendAll(event(event, data));
    }
  }

  /**
   * Shows proxies and clients that the connection lives; to be called every quarter of a minute.
   */
  public void heartbeat() {
    sendAll(HEARTBEAT);
  }

  /** Lets all clients go. */
  public void close() {
    clients.forEach(client -> client.response().end());
    clients.clear();
  }

  private void sendAll(Buffer event) {
    clients.removeIf(client -> !takes(client, event));
  }

  private static boolean takes(RoutingContext client, Buffer event) {
    if (client.response().writeQueueFull()) {
      Connections.cut(client.request());
      return false;
    }
    client.response().write(event);
    return true;
  }

  /** JSON has no line break, which would end the data. */
  private static Buffer event(String event, Object data) {
    return Buffer.buffer(
        "event: " + event + "\ndata: " + new String(Json.bytes(data), UTF_8) + "\n\n");
  }
}
