package routes.local;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import java.util.UUID;
import routes.local.kinesis.EmbeddedKinesis;
import routes.local.kinesis.EmbeddedKinesis.Reply;

/** Serves calls to Kinesis, several at a time, on Vert.x's worker threads. */
final class KinesisHandler {

  private static final String JSON = "application/x-amz-json-1.1";

  /** A PutRecords call has at most 10 MiB of data, a third more in base64, and its frame. */
  private static final long MAX_BODY_BYTES = 32 << 20;

  private final Vertx vertx;
  private final EmbeddedKinesis kinesis;

  KinesisHandler(Vertx vertx, EmbeddedKinesis kinesis) {
    this.vertx = vertx;
    this.kinesis = kinesis;
  }

  void handle(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    if (length != null && Long.parseLong(length) > MAX_BODY_BYTES) {
      request.response().putHeader("Connection", "close").setStatusCode(413).end();
      return;
    }
    String operation = request.getHeader("X-Amz-Target").substring(Service.KINESIS_TARGET.length());
    String contentType = Objects.requireNonNullElse(request.getHeader("Content-Type"), JSON);
    HttpServerResponse response =
        request.response().putHeader("x-amzn-RequestId", UUID.randomUUID().toString());
    request
        .body()
        .compose(
            body ->
                vertx.executeBlocking(
                    () -> kinesis.call(operation, contentType, body.getBytes()), false))
        .onSuccess(reply -> send(reply, response))
        .onFailure(e -> response.setStatusCode(500).end());
  }

  private static void send(Reply reply, HttpServerResponse response) {
    response
        .setStatusCode(reply.status())
        .putHeader("Content-Type", reply.contentType())
        .end(Buffer.buffer(reply.body()));
  }
}
