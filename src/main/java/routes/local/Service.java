package routes.local;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The service of the embedded cloud that a request is meant for. */
enum Service {
  KINESIS,
  SQS,
  S3,
  /** An AWS service that the embedded cloud does not have. */
  NONE;

  /** Begins the path of a queue's URL, as it does with LocalStack. */
  static final String ACCOUNT = "000000000000";

  static final String KINESIS_TARGET = "Kinesis_20131202.";
  private static final String SQS_TARGET = "AmazonSQS.";

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
   * X-Amz-Target}; the query protocol has a parameter {@code Action}, in the query of a GET or a
   * POST, or in the form that a POST without a query sends, while each POST to S3 has one. The rest
   * is S3, whose objects may be of any type.
   */
  static Service of(
      HttpMethod method,
      @Nullable String query,
      @Nullable String target,
      @Nullable String contentType) {
    if (target != null) {
      return target.startsWith(KINESIS_TARGET)
          ? KINESIS
          : target.startsWith(SQS_TARGET) ? SQS : NONE;
    }
    if (!method.equals(HttpMethod.POST) && !method.equals(HttpMethod.GET)) {
      return S3;
    }
    if (query != null && !query.isEmpty()) {
      return new QueryStringDecoder(query, false).parameters().containsKey("Action") ? SQS : S3;
    }
    return method.equals(HttpMethod.POST) && FormType.is(contentType) ? SQS : S3;
  }
}
