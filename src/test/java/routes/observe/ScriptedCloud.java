package routes.observe;

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
import org.jspecify.annotations.Nullable;

/** Stands before a cloud and answers some of what it is asked as told. */
final class ScriptedCloud implements AutoCloseable {

  /**
   * What is not passed on.
   *
   * @param call the method and path as {@code PUT /bucket/key}, or of a call of JSON its target as
   *     {@code Kinesis_20131202.GetRecords}; what begins so is meant
   * @param body an XML or JSON document, or a page
   */
  record Refusal(String call, int status, String body) {

    /** As S3 denies something. */
    static Refusal s3(String call, String code) {
      return new Refusal(
          call, 403, "<Error><Code>%s</Code><Message>as told</Message></Error>".formatted(code));
    }

    /** As services that speak JSON deny something. */
    static Refusal json(String call, String type) {
      return new Refusal(call, 400, "{\"__type\":\"%s\",\"message\":\"as told\"}".formatted(type));
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final URI cloud;
  private final HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(128));
  private final HttpServer server;
  private volatile @Nullable Refusal refusal;
  private volatile boolean unconditional;

  ScriptedCloud(URI cloud) {
    this.cloud = cloud;
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHandle100ContinueAutomatically(true))
            .requestHandler(request -> request.body().onSuccess(body -> handle(request, body)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  URI endpoint() {
    return URI.create("http://localhost:" + server.actualPort());
  }

  void refuse(Refusal now) {
    refusal = now;
  }

  /** Passes everything on, as it came. */
  void behave() {
    refusal = null;
    unconditional = false;
  }

  /** Passes conditions of S3 on no longer. */
  void stripConditions() {
    unconditional = true;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void handle(HttpServerRequest request, Buffer body) {
    Refusal now = refusal;
    String call =
        Optional.ofNullable(request.getHeader("X-Amz-Target"))
            .orElse(request.method() + " " + request.path());
    if (now != null && call.startsWith(now.call())) {
      request.response().setStatusCode(now.status()).end(now.body());
    } else {
      forward(request, body);
    }
  }

  private void forward(HttpServerRequest request, Buffer body) {
    RequestOptions to =
        new RequestOptions()
            .setMethod(request.method())
            .setHost(cloud.getHost())
            .setPort(cloud.getPort())
            .setURI(request.uri());
    client
        .request(to)
        .compose(
            out -> {
              out.headers().addAll(request.headers()).remove(HttpHeaders.EXPECT);
              if (unconditional) {
                out.headers().remove(HttpHeaders.IF_NONE_MATCH);
              }
              return out.send(body);
            })
        .compose(
            in ->
                in.body()
                    .onSuccess(
                        answer -> {
                          request.response().setStatusCode(in.statusCode());
                          request.response().headers().addAll(in.headers());
                          if (request.method().equals(HttpMethod.HEAD)) {
                            request.response().end();
                          } else {
                            request.response().headers().remove(HttpHeaders.TRANSFER_ENCODING);
                            request.response().end(answer);
                          }
                        }))
        .onFailure(failure -> request.connection().close());
  }
}
