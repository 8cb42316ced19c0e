package routes.local;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import routes.cloud.CloudException;
import routes.local.kinesis.EmbeddedKinesis;
import routes.local.logs.EmbeddedLogs;
import routes.local.s3.EmbeddedS3;
import routes.local.sqs.EmbeddedSqs;

/** The one HTTP port of the embedded cloud: sends each request to the service it is meant for. */
final class Gateway {

  private static final int WORKERS = 16;

  private final Vertx vertx;
  private final HttpServer server;

  private Gateway(Vertx vertx, HttpServer server) {
    this.vertx = vertx;
    this.server = server;
  }

  /**
   * @param port 0 for any free port
   * @throws CloudException when the port is taken
   */
  static Gateway start(
      String host,
      int port,
      EmbeddedKinesis kinesis,
      EmbeddedSqs sqs,
      EmbeddedLogs logs,
      EmbeddedS3 s3) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(WORKERS));
    CallerGuard guard = new CallerGuard(host);
    CallHandler calls = new CallHandler(vertx);
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHttp2ClearTextEnabled(false)
                    .setHandle100ContinueAutomatically(true)
                    // A key of 1,024 bytes, percent-encoded, in the path and in a list's token.
                    .setMaxInitialLineLength(16 << 10)
                    .setMaxHeaderSize(32 << 10))
            .requestHandler(
                request -> {
                  try {
                    Optional<String> objection = guard.objection(request);
                    if (objection.isPresent()) {
                      Refusal.forbidden(request, objection.get());
                      return;
                    }
                    switch (Service.of(request)) {
                      case KINESIS -> calls.handle(request, of(kinesis, request));
                      case SQS -> calls.handle(request, of(sqs, request));
                      case LOGS -> calls.handle(request, of(logs, request));
                      case S3 -> s3.handle(vertx, request);
                      case NONE -> Refusal.unknownService(request);
                    }
                  } catch (IllegalArgumentException e) {
                    Refusal.unreadable(request, e);
                  } catch (RuntimeException e) {
                    // What is thrown out of here is answered by nobody.
                    Refusal.failed(request, e);
                  }
                });
    try {
      return new Gateway(
          vertx, server.listen(port, host).toCompletionStage().toCompletableFuture().join());
    } catch (CompletionException e) {
      vertx.close();
      throw cannotListen(host, port, e);
    }
  }

  int port() {
    return server.actualPort();
  }

  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static CallHandler.Api of(EmbeddedKinesis kinesis, HttpServerRequest request) {
    String operation = Service.operation(request);
    String contentType =
        Objects.requireNonNullElse(request.getHeader("Content-Type"), "application/x-amz-json-1.1");
    return body -> {
      EmbeddedKinesis.Reply reply = kinesis.call(operation, contentType, body);
      return Optional.of(new CallHandler.Answer(reply.status(), reply.contentType(), reply.body()));
    };
  }

  private static CallHandler.Api of(EmbeddedSqs sqs, HttpServerRequest request) {
    String operation = Service.operation(request);
    if (request.authority() == null) {
      throw new IllegalArgumentException("it has no header Host, which addresses of queues need");
    }
    String host = request.authority().toString();
    long asked = System.currentTimeMillis();
    return body ->
        sqs.call(operation, host, body, asked)
            .map(
                reply ->
                    new CallHandler.Answer(
                        reply.status(), "application/x-amz-json-1.0", reply.body()));
  }

  private static CallHandler.Api of(EmbeddedLogs logs, HttpServerRequest request) {
    String operation = Service.operation(request);
    return body -> {
      EmbeddedLogs.Reply reply = logs.call(operation, body);
      return Optional.of(
          new CallHandler.Answer(reply.status(), "application/x-amz-json-1.1", reply.body()));
    };
  }

  private static CloudException cannotListen(String host, int port, CompletionException e) {
    String reason =
        e.getCause() instanceof BindException
            ? "is in use"
            : "cannot be opened (" + e.getCause() + ")";
    return new CloudException(
        "LOCAL_CLOUD_PORT %s on %s %s: set LOCAL_CLOUD_PORT to a free port, or to 0 for any"
            .formatted(port, host, reason),
        e.getCause());
  }
}
