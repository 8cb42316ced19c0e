package routes.kinesis.leases;

import com.almworks.sqlite4java.SQLite;
import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * DynamoDB Local in this process, in memory; it can be made to fail or to deny something, and
 * counts what it is asked.
 */
public final class DynamoDb implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient();
  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
  private final DynamoDBProxyServer database;
  private final int databasePort;
  private final HttpServer server;
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private volatile boolean failing;

  public DynamoDb() throws Exception {
    System.setProperty("sqlite4java.library.path", libraries().toString());
    databasePort = freePort();
    database =
        ServerRunner.createServerFromCommandLineArgs(
            new String[] {
              "-inMemory", "-disableTelemetry", "-port", Integer.toString(databasePort)
            });
    database.start();
    server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> handle(request, body)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** Whether from now on every call is answered with an error. */
  public void fail(boolean now) {
    failing = now;
  }

  /** Whether from now on an operation on tables whose names begin so is denied. */
  public void refuse(String operation, String table, boolean now) {
    if (now) {
      refused.add(operation + " " + table);
    } else {
      refused.remove(operation + " " + table);
    }
  }

  /** How often each operation was called until now, failures included. */
  public Map<String, Long> calls() {
    Map<String, Long> sums = new TreeMap<>();
    calls.forEach((operation, count) -> sums.put(operation, count.sum()));
    return sums;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    try {
      database.stop();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void handle(HttpServerRequest request, Buffer body) {
    String target = String.valueOf(request.getHeader("X-Amz-Target"));
    String operation = target.substring(target.indexOf('.') + 1);
    calls.computeIfAbsent(operation, name -> new LongAdder()).increment();
    if (failing) {
      request.response().setStatusCode(500).end();
      return;
    }
    if (isRefused(operation, body)) {
      request
          .response()
          .setStatusCode(400)
          .putHeader("Content-Type", "application/x-amz-json-1.0")
          .end(
              "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"no %s for you\"}"
                  .formatted(operation));
      return;
    }
    RequestOptions to =
        new RequestOptions()
            .setMethod(request.method())
            .setHost("127.0.0.1")
            .setPort(databasePort)
            .setURI(request.uri());
    client
        .request(to)
        .compose(
            out -> {
              out.headers().addAll(request.headers());
              return out.send(body);
            })
        .compose(
            in ->
                in.body()
                    .onSuccess(
                        answer -> {
                          request.response().setStatusCode(in.statusCode());
                          request.response().headers().addAll(in.headers());
                          request.response().headers().remove("Transfer-Encoding");
                          request.response().end(answer);
                        }))
        .onFailure(failure -> request.connection().close());
  }

  private boolean isRefused(String operation, Buffer body) {
    if (refused.isEmpty()) {
      return false;
    }
    String table = body.toJsonObject().getString("TableName", "");
    return refused.stream()
        .map(rule -> rule.split(" ", 2))
        .anyMatch(rule -> rule[0].equals(operation) && table.startsWith(rule[1]));
  }

  /** Where Maven keeps SQLite's native part, beside the library that loads it. */
  private static Path libraries() throws Exception {
    Path jar = Path.of(SQLite.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String version = jar.getParent().getFileName().toString();
    return jar.getParent()
        .getParent()
        .resolveSibling("libsqlite4java-linux-amd64")
        .resolve(version);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
