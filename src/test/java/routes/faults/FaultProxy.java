package routes.faults;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Stands between the application and its cloud, one endpoint for all, and lets things go wrong as
 * planned.
 */
final class FaultProxy implements AutoCloseable {

  static final String STORED_AGAIN = "lake object put again";

  /** The buckets of all signals and layers. */
  private static final Pattern LAKES = Pattern.compile("/[a-z-]*lake[a-z-]*/");

  private static final long LATE_MILLIS = 1_500;

  private record Answer(int status, MultiMap headers, Buffer body) {}

  private final Vertx vertx = Vertx.vertx();
  private final URI cloud;
  private final URI kinesis;
  private final FaultPlan plan;
  private final Tally tally;
  private final Set<String> stored = ConcurrentHashMap.newKeySet();
  private final HttpClient client;
  private final HttpServer server;

  /**
   * @param cloud has everything but Kinesis
   */
  FaultProxy(URI cloud, URI kinesis, FaultPlan plan, Tally tally) {
    this.cloud = cloud;
    this.kinesis = kinesis;
    this.plan = plan;
    this.tally = tally;
    this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(256));
    HttpServerOptions options =
        new HttpServerOptions()
            .setHandle100ContinueAutomatically(true)
            // So that closing a connection resets it.
            .setSoLinger(0);
    this.server =
        vertx
            .createHttpServer(options)
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  URI endpoint() {
    return URI.create("http://localhost:" + server.actualPort());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void handle(HttpServerRequest request) {
    request.body().onSuccess(body -> handle(request, body));
  }

  private void handle(HttpServerRequest request, Buffer body) {
    Optional<Fault> fault = plan.next(service(request));
    if (fault.isEmpty()) {
      forward(request, body).onSuccess(answer -> give(request, answer));
      return;
    }
    switch (fault.get()) {
      case ERROR -> request.response().setStatusCode(500).end();
      case UNAVAILABLE -> request.response().setStatusCode(503).end();
      case RESET -> request.connection().close();
      case SLOW ->
          vertx.setTimer(
              LATE_MILLIS,
              timer -> forward(request, body).onSuccess(answer -> give(request, answer)));
      case ANSWER_LOST -> forward(request, body).onSuccess(answer -> request.connection().close());
      case ANSWER_CUT -> forward(request, body).onSuccess(answer -> giveHalf(request, answer));
    }
  }

  private Future<Answer> forward(HttpServerRequest request, Buffer body) {
    URI server = service(request) == AwsService.KINESIS ? kinesis : cloud;
    RequestOptions to =
        new RequestOptions()
            .setMethod(request.method())
            .setHost(server.getHost())
            .setPort(server.getPort())
            .setURI(request.uri());
    return client
        .request(to)
        .compose(
            out -> {
              out.headers().addAll(request.headers()).remove(HttpHeaders.EXPECT);
              return out.send(body);
            })
        .compose(in -> in.body().map(got -> new Answer(in.statusCode(), in.headers(), got)))
        .onSuccess(answer -> countPut(request, answer))
        .onFailure(failure -> request.connection().close());
  }

  private static AwsService service(HttpServerRequest request) {
    return AwsService.of(request.getHeader("X-Amz-Target"));
  }

  private void countPut(HttpServerRequest request, Answer answer) {
    if (request.method().equals(HttpMethod.PUT) && LAKES.matcher(request.path()).lookingAt()) {
      tally.count("lake put answered with " + answer.status());
      if (answer.status() == 200 && !stored.add(request.path())) {
        tally.count(STORED_AGAIN);
      }
    }
  }

  private static void give(HttpServerRequest request, Answer answer) {
    request.response().setStatusCode(answer.status()).headers().addAll(answer.headers());
    if (request.method().equals(HttpMethod.HEAD)) {
      request.response().end();
    } else {
      request.response().headers().remove(HttpHeaders.TRANSFER_ENCODING);
      request.response().end(answer.body());
    }
  }

  private static void giveHalf(HttpServerRequest request, Answer answer) {
    if (request.method().equals(HttpMethod.HEAD)) {
      // There is no body to cut, and its length is that of the object.
      request.connection().close();
      return;
    }
    request.response().setStatusCode(answer.status()).headers().addAll(answer.headers());
    int length = answer.body().length();
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(length + 1))
        .write(answer.body().slice(0, length / 2))
        .onComplete(written -> request.connection().close());
  }
}
