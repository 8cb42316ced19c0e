package routes.local;

import com.google.common.xml.XmlEscapers;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers of the gateway itself, in the form that the client's protocol has for errors. */
final class Refusal {

  private static final Logger log = LoggerFactory.getLogger(Refusal.class);

  private static final String TARGET = "X-Amz-Target";

  private Refusal() {}

  /** Says that the embedded cloud does not have the service a client called, or how it called. */
  static void unknownService(HttpServerRequest request) {
    @Nullable String target = request.getHeader(TARGET);
    answer(
        request,
        400,
        "UnknownOperationException",
        target == null
            ? "The embedded local cloud speaks JSON to SQS, as the clients of AWS do since the end of 2023, and not the query protocol: use a newer client"
            : "The embedded local cloud has Kinesis, S3, SQS and CloudWatch Logs, but not %s: use AWS_ENDPOINT_URL with a cloud that has it"
                .formatted(target));
  }

  /** Says why a caller is not served. */
  static void forbidden(HttpServerRequest request, String message) {
    answer(request, 403, "AccessDenied", message);
  }

  /** Says why a request cannot be read. */
  static void unreadable(HttpServerRequest request, IllegalArgumentException reason) {
    answer(request, 400, "InvalidURI", "The request cannot be read: " + reason.getMessage());
  }

  /** Says that the fault is not the caller's, whose client then tries again. */
  static void failed(HttpServerRequest request, Throwable reason) {
    log.warn(
        "The embedded cloud could not answer {} {} {}",
        request.method(),
        request.uri(),
        request.getHeader(TARGET),
        reason);
    answer(
        request,
        500,
        request.getHeader(TARGET) == null ? "InternalError" : "InternalFailure",
        "The embedded cloud failed, try again: " + reason);
  }

  private static void answer(HttpServerRequest request, int status, String code, String message) {
    if (!request.isEnded()) {
      request.resume();
    }
    @Nullable String target = request.getHeader(TARGET);
    request
        .response()
        .setStatusCode(status)
        .putHeader(
            "Content-Type", target == null ? "application/xml" : "application/x-amz-json-1.0")
        .end(target == null ? xml(code, message) : json(code, message));
  }

  private static String json(String code, String message) {
    return new JsonObject().put("__type", code).put("message", message).encode();
  }

  private static String xml(String code, String message) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
        .formatted(code, XmlEscapers.xmlContentEscaper().escape(message));
  }
}
