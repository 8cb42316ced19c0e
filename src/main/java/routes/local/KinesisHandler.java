package routes.local;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.UUID;

/** Serves calls to Kinesis, several at a time, on Vert.x's worker threads. */
final class KinesisHandler {

  private final Vertx vertx;
  private final KinesisCalls kinesis;

  KinesisHandler(Vertx vertx, KinesisCalls kinesis) {
    this.vertx = vertx;
    this.kinesis = kinesis;
  }

  void handle(HttpServerRequest request) {
    String operation = request.getHeader("X-Amz-Target").substring(Service.KINESIS_TARGET.length());
    String contentType = request.getHeader("Content-Type");
    HttpServerResponse response =
        request.response().putHeader("x-amzn-RequestId", UUID.randomUUID().toString());
    request
        .body()
        .compose(
            body ->
                vertx.executeBlocking(
                    () -> kinesis.call(operation, contentType, body.getBytes()), false))
        .onSuccess(
            reply ->
                response
                    .setStatusCode(reply.status())
                    .putHeader("Content-Type", reply.contentType())
                    .end(Buffer.buffer(reply.body())))
        .onFailure(e -> response.setStatusCode(500).end());
  }
}
