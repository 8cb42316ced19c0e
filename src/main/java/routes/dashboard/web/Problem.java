package routes.dashboard.web;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.ext.web.handler.HttpException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Why a request failed, as {@code application/problem+json} (RFC 9457).
 *
 * @param title the name of the status
 * @param detail a sentence about this one
 */
record Problem(int status, String title, String detail) {

  private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
  private static final Set<String> MISSING =
      Set.of("ResourceNotFoundException", "AWS.SimpleQueueService.NonExistentQueue");
  private static final Set<String> OUT_OF_BOUNDS =
      Set.of("InvalidArgumentException", "ExpiredIteratorException", "ValidationException");

  static Problem of(int status, String detail) {
    return new Problem(status, HttpResponseStatus.valueOf(status).reasonPhrase(), detail);
  }

  /** What is not known to concern the client stays in the log. */
  static Problem of(Throwable failure) {
    if (failure instanceof ProblemException problem) {
      return of(problem.status(), String.valueOf(problem.getMessage()));
    }
    if (failure instanceof HttpException unreadable && unreadable.getStatusCode() < 500) {
      return of(unreadable.getStatusCode(), "The request cannot be read");
    }
    if (failure instanceof RejectedExecutionException) {
      return of(503, "Too many requests are being answered; try again in a moment");
    }
    if (failure instanceof AwsServiceException refusal) {
      return ofAws(refusal);
    }
    if (failure instanceof SdkException unreachable) {
      return of(503, "AWS cannot be reached: " + unreachable.getMessage());
    }
    LOG.error("A request to the dashboard failed", failure);
    return of(500, "Something failed here; the log says what");
  }

  private static Problem ofAws(AwsServiceException refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    if (details == null) {
      return of(502, "AWS answers with " + refusal.statusCode());
    }
    String detail =
        "%s says %s: %s"
            .formatted(details.serviceName(), details.errorCode(), details.errorMessage());
    if (refusal.isThrottlingException()) {
      return of(503, detail);
    }
    if (refusal.statusCode() == 404 || MISSING.contains(details.errorCode())) {
      return of(404, detail);
    }
    return of(OUT_OF_BOUNDS.contains(details.errorCode()) ? 400 : 502, detail);
  }

  /** Whether the same request may well be answered soon. */
  boolean passes() {
    return status == 429 || status == 503;
  }
}
