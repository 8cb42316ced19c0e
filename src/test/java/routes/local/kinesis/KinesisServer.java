package routes.local.kinesis;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Puts an {@link EmbeddedKinesis} behind HTTP, on any free port of the loopback interface. */
final class KinesisServer implements AutoCloseable {

  private static final String TARGET_PREFIX = "Kinesis_20131202.";

  static {
    // Otherwise every answer waits for the client's delayed acknowledgement, 40 ms on Linux.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer http;
  private final ExecutorService workers = Executors.newCachedThreadPool();

  KinesisServer(EmbeddedKinesis kinesis) throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", exchange -> answer(kinesis, exchange));
    http.setExecutor(workers);
    http.start();
  }

  private static void answer(EmbeddedKinesis kinesis, HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
      byte[] body = exchange.getRequestBody().readAllBytes();
      EmbeddedKinesis.Reply reply =
          kinesis.call(target.substring(TARGET_PREFIX.length()), contentType, body);
      exchange.getResponseHeaders().set("Content-Type", reply.contentType());
      exchange.sendResponseHeaders(
          reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
      exchange.getResponseBody().write(reply.body());
    }
  }

  URI endpoint() {
    return URI.create("http://localhost:" + http.getAddress().getPort());
  }

  @Override
  public void close() {
    http.stop(0);
    workers.shutdown();
  }
}
