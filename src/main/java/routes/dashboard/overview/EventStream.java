package routes.dashboard.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.ThreadSafe;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import routes.http.api.Connections;
import routes.http.api.Json;
import routes.http.api.WebSockets;

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

  /** Where each listens, and how it came. */
  private final Map<WriteStream<Buffer>, RoutingContext> clients = new ConcurrentHashMap<>();

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
    if (WebSockets.isAsked(client.request())) {
      WebSockets.open(
          client, socket -> welcome(socket.closeHandler(gone -> clients.remove(socket)), client));
      return;
    }
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        // Keeps nginx from holding events back.
        .putHeader("X-Accel-Buffering", "no")
        .closeHandler(gone -> clients.remove(response))
        .exceptionHandler(gone -> clients.remove(response));
    response.write("retry: 2000\n\n");
    welcome(response, client);
    if (response.closed()) {
      clients.remove(response);
    }
  }

  private void welcome(WriteStream<Buffer> client, RoutingContext request) {
    greeting.get().forEach((event, data) -> client.write(event(event, data)));
    clients.put(client, request);
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
    clients.keySet().forEach(WriteStream::end);
    clients.clear();
  }

  private void sendAll(Buffer event) {
    clients.entrySet().removeIf(client -> !takes(client.getKey(), client.getValue(), event));
  }

  private static boolean takes(WriteStream<Buffer> client, RoutingContext request, Buffer event) {
    if (isBehind(client)) {
      Connections.cut(request.request());
      return false;
    }
    client.write(event);
    return true;
  }

  private static boolean isBehind(WriteStream<Buffer> client) {
    try {
      return client.writeQueueFull();
    } catch (IllegalStateException closed) {
      // As WebSockets have it.
      return true;
    }
  }

  /** JSON has no line break, which would end the data. */
  private static Buffer event(String event, Object data) {
    return Buffer.buffer(
        "event: " + event + "\ndata: " + new String(Json.bytes(data), UTF_8) + "\n\n");
  }
}
