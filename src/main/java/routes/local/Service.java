package routes.local;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The service of the embedded cloud that a request is meant for. */
enum Service {
  KINESIS,
  SQS,
  LOGS,
  S3,
  /** An AWS service, or a protocol, that the embedded cloud does not have. */
  NONE;

  private static final String KINESIS_TARGET = "Kinesis_20131202.";
  private static final String SQS_TARGET = "AmazonSQS.";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String LOGS_TARGET = "Logs_20140328.";

  /** The operation of a request to Kinesis, SQS or CloudWatch Logs. */
  static String operation(HttpServerRequest request) {
    String target = request.getHeader("X-Amz-Target");
    return target.substring(target.indexOf('.') + 1);
  }

  /** Tells which service a request is meant for. */
  static Service of(HttpServerRequest request) {
    return of(
        request.method(),
        request.query(),
        request.getHeader("X-Amz-Target"),
        request.getHeader("Content-Type"));
  }

  /**
   * Tells the service by what no other has: JSON and CBOR name it in the header {@code
   * X-Amz-Target}; the query protocol, which nothing here speaks, has a parameter {@code Action},
   * in the query of a GET or a POST, or in the form that a POST without a query sends, while each
   * POST to S3 has one. The rest is S3, whose objects may be of any type.
   */
  static Service of(
      HttpMethod method,
      @Nullable String query,
      @Nullable String target,
      @Nullable String contentType) {
    if (target != null) {
      return target.startsWith(KINESIS_TARGET)
          ? KINESIS
          : target.startsWith(SQS_TARGET) ? SQS : target.startsWith(LOGS_TARGET) ? LOGS : NONE;
    }
    if (!method.equals(HttpMethod.POST) && !method.equals(HttpMethod.GET)) {
      return S3;
    }
    if (query != null && !query.isEmpty()) {
      return new QueryStringDecoder(query, false).parameters().containsKey("Action") ? NONE : S3;
    }
    return method.equals(HttpMethod.POST) && isForm(contentType) ? NONE : S3;
  }

  private static boolean isForm(@Nullable String contentType) {
    return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(FORM);
  }
}
