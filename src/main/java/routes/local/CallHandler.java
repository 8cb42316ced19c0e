package routes.local;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.UUID;

/**
 * Serves calls to what is answered in this process, several at a time, on Vert.x's worker threads.
 */
final class CallHandler {

  /** Takes one call. */
  interface Api {

    /** Empty when there is nothing to answer yet: to be asked again soon. */
    Optional<Answer> answer(byte[] body);
  }

  /** What is sent as it is. */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(int status, String contentType, byte[] body) {}

  /** A PutRecords call has at most 10 MiB of data, a third more in base64, and its frame. */
  private static final long MAX_BODY_BYTES = 32 << 20;

  private static final long AGAIN_MILLIS = 100;

  private final Vertx vertx;

  CallHandler(Vertx vertx) {
    this.vertx = vertx;
  }

  void handle(HttpServerRequest request, Api api) {
    String length = request.getHeader("Content-Length");
    if (length != null && Long.parseLong(length) > MAX_BODY_BYTES) {
      refuseLong(request);
      return;
    }
    request.response().putHeader("x-amzn-RequestId", UUID.randomUUID().toString());
    Buffer body = Buffer.buffer();
    request.handler(
        piece -> {
          // A chunked body does not say its length.
          if (body.length() + piece.length() > MAX_BODY_BYTES) {
            request.pause();
            refuseLong(request);
          } else {
            body.appendBuffer(piece);
          }
        });
    request.endHandler(end -> ask(request, api, body.getBytes()));
  }

  private static void refuseLong(HttpServerRequest request) {
    request
        .response()
        .putHeader("Connection", "close")
        .setStatusCode(413)
        .end()
        .onComplete(sent -> request.connection().close());
  }

  private void ask(HttpServerRequest request, Api api, byte[] body) {
    HttpServerResponse response = request.response();
    vertx
        .executeBlocking(() -> api.answer(body), false)
        .onSuccess(
            answer -> {
              if (answer.isPresent()) {
                send(answer.get(), response);
              } else if (!response.closed()) {
                vertx.setTimer(AGAIN_MILLIS, timer -> ask(request, api, body));
              }
            })
        .onFailure(e -> Refusal.failed(request, e));
  }

  private static void send(Answer answer, HttpServerResponse response) {
    response
        .setStatusCode(answer.status())
        .putHeader("Content-Type", answer.contentType())
        .end(Buffer.buffer(answer.body()));
  }
}
