package routes.local;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** Says that the embedded cloud does not have the service a client called. */
final class UnknownService {

  private UnknownService() {}

  static void answer(HttpServerRequest request) {
    String message =
        "The embedded local cloud has Kinesis, S3 and SQS, but not %s: use AWS_ENDPOINT_URL with a cloud that has it"
            .formatted(request.getHeader("X-Amz-Target"));
    request.resume();
    request
        .response()
        .setStatusCode(400)
        .putHeader("Content-Type", "application/x-amz-json-1.0")
        .end(
            new JsonObject()
                .put("__type", "UnknownOperationException")
                .put("message", message)
                .encode());
  }
}
