package routes.demo.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An intake that answers as it is told, path by path, and keeps what it took. */
public final class StubIntake implements AutoCloseable {

  private final Map<String, Function<String, Reply>> answers = new ConcurrentHashMap<>();
  private final Map<String, List<String>> taken = new ConcurrentHashMap<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** An answer; 2xx means that the body was taken. */
  public record Reply(int status, String body, Map<String, String> headers) {

    public static Reply of(int status) {
      return new Reply(status, "{}", Map.of());
    }
  }

  public StubIntake() throws IOException {
    server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** How it answers bodies to this path from now on; 200 otherwise. */
  public void answer(String path, Function<String, Reply> answer) {
    answers.put(path, answer);
  }

  public URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  public List<String> taken(String path) {
    List<String> bodies = taken.getOrDefault(path, List.of());
    synchronized (bodies) {
      return List.copyOf(bodies);
    }
  }

  /** What requests named as their authorization. */
  public List<String> keys() {
    return keys;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    if (key != null) {
      keys.add(key);
    }
    Reply reply = answers.getOrDefault(path, ignored -> Reply.of(200)).apply(body);
    if (reply.status() < 300) {
      List<String> bodies = taken.computeIfAbsent(path, ignored -> new ArrayList<>());
      synchronized (bodies) {
        bodies.add(body);
      }
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] content = reply.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(reply.status(), content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
