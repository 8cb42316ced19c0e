package routes.http.api;

import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.Settings;

/** The dashboard's door and some endpoints on a free port, and a client that sends any header. */
final class TestServer implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Workers workers = new Workers();
  private final HttpServer server;
  private final HttpClient client;

  record Response(int status, MultiMap headers, String body) {}

  TestServer(Map<String, String> env, Consumer<Api> endpoints) {
    Settings settings = Settings.load(new HashMap<>(env));
    Router router = Router.router(vertx);
    router.route().handler(new DashboardFilter(settings.dashboard()));
    Api api =
        new Api(router, new WriteGuard(settings.dashboard(), settings.aws().cloud()), workers);
    endpoints.accept(api);
    api.refuseTheRest();
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    client = vertx.createHttpClient();
  }

  int port() {
    return server.actualPort();
  }

  Response get(String path, String... headers) {
    return send(HttpMethod.GET, path, "", headers);
  }

  /**
   * What came over a WebSocket, until it was closed.
   *
   * @param status of RFC 6455
   * @param reason null when none is given
   */
  record Talk(String text, int status, @Nullable String reason) {}

  /** Listens until the server closes it; {@link UpgradeRejectedException} when it opens none. */
  Talk talk(String path, String... headers) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port()).setURI(path);
    for (int i = 0; i < headers.length; i += 2) {
      options.putHeader(headers[i], headers[i + 1].replace("{port}", Integer.toString(port())));
    }
    return vertx
        .createWebSocketClient()
        .connect(options)
        .compose(
            socket -> {
              Buffer all = Buffer.buffer();
              Promise<Talk> closed = Promise.promise();
              socket
                  .handler(all::appendBuffer)
                  .closeHandler(
                      end ->
                          closed.complete(
                              new Talk(
                                  all.toString(), socket.closeStatusCode(), socket.closeReason())));
              return closed.future();
            })
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  /** Opens a WebSocket and closes it at the first that comes. */
  void leave(String path) {
    vertx
        .createWebSocketClient()
        .connect(port(), "127.0.0.1", path)
        .onSuccess(socket -> socket.handler(first -> socket.close()));
  }

  Response post(String path, String body, String... headers) {
    return send(HttpMethod.POST, path, body, headers);
  }

  /** Names and values of headers take turns; {@code {port}} in a value is this server's port. */
  Response send(HttpMethod method, String path, String body, String... headers) {
    RequestOptions options =
        new RequestOptions().setMethod(method).setHost("127.0.0.1").setPort(port()).setURI(path);
    return client
        .request(options)
        .compose(
            request -> {
              for (int i = 0; i < headers.length; i += 2) {
                request.putHeader(
                    headers[i], headers[i + 1].replace("{port}", Integer.toString(port())));
              }
              // Inside, or the body could arrive before anybody listens for it.
              return request
                  .send(Buffer.buffer(body))
                  .compose(
                      response ->
                          response
                              .body()
                              .map(
                                  content ->
                                      new Response(
                                          response.statusCode(),
                                          response.headers(),
                                          content.toString())));
            })
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    workers.close();
  }
}
