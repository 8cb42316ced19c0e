package routes.dashboard.overview;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  /** Much less than what a server holds for a client that is only a moment late. */
  private static final String LONG = "x".repeat(16 << 10);

  /** More than what the sockets of both sides and the server's queue hold between them. */
  private static final int ENOUGH = 2048;

  private final Vertx vertx = Vertx.vertx();
  private final EventStream stream = new EventStream(Map::of);
  private final AtomicInteger joined = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();
  private final int port = listen();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_client_that_does_not_read_is_dropped_and_others_miss_nothing() throws Exception {
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4096);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      slow.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      await().atMost(SOON).until(() -> joined.get() == 1);
      Iterator<String> reader = reader();
      await().atMost(SOON).until(() -> joined.get() == 2);

      int sent = 0;
      while (left.get() == 0 && sent < ENOUGH) {
        stream.send("number", sent + LONG);
        assertThat(next(reader)).isEqualTo("\"" + sent + LONG + "\"");
        sent++;
      }

      // While it still does not read: what waits for it would otherwise be kept as long.
      await().atMost(SOON).until(() -> left.get() == 1);
      stream.send("number", "after");
      assertThat(next(reader)).isEqualTo("\"after\"");
      assertThat(sent).isLessThan(ENOUGH);
    }
  }

  @Test
  void there_are_only_so_many_clients() throws Exception {
    for (int number = 0; number < 64; number++) {
      reader();
    }

    assertThat(status()).isEqualTo(503);
  }

  private int listen() {
    Router router = Router.router(vertx);
    router.get("/").handler(this::join);
    HttpServer server = vertx.createHttpServer().requestHandler(router);
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }

  private void join(RoutingContext client) {
    client.request().connection().closeHandler(gone -> left.incrementAndGet());
    stream.join(client);
    joined.incrementAndGet();
  }

  private Iterator<String> reader() throws Exception {
    return HttpClient.newHttpClient().send(request(), BodyHandlers.ofLines()).body().iterator();
  }

  private int status() throws Exception {
    return HttpClient.newHttpClient().send(request(), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
  }

  /** The data of the next event of the test. */
  private static String next(Iterator<String> lines) {
    while (!lines.next().equals("event: number")) {
      // The greeting, or the end of the event before.
    }
    return lines.next().substring("data: ".length());
  }
}
