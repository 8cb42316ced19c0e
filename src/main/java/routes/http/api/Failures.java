package routes.http.api;

import io.vertx.ext.web.handler.HttpException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.http.HttpProblem;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a client is told of a failure. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final Set<String> MISSING =
      Set.of("ResourceNotFoundException", "AWS.SimpleQueueService.NonExistentQueue");
  private static final Set<String> OUT_OF_BOUNDS =
      Set.of("InvalidArgumentException", "ExpiredIteratorException", "ValidationException");

  private Failures() {}

  /** What is not known to concern the client stays in the log. */
  static HttpProblem problem(Throwable failure) {
    if (failure instanceof HttpProblem problem) {
      return problem;
    }
    if (failure instanceof HttpException unreadable && unreadable.getStatusCode() < 500) {
      return new HttpProblem(unreadable.getStatusCode(), "The request cannot be read");
    }
    if (failure instanceof RejectedExecutionException) {
      return new HttpProblem(503, "Too many requests are being answered; try again in a moment");
    }
    if (failure instanceof AwsServiceException refusal) {
      return ofAws(refusal);
    }
    if (failure instanceof SdkException unreachable) {
      return new HttpProblem(503, "AWS cannot be reached: " + unreachable.getMessage());
    }
    LOG.error("A request to the dashboard failed", failure);
    return new HttpProblem(500, "Something failed here; the log says what");
  }

  private static HttpProblem ofAws(AwsServiceException refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    if (details == null) {
      return new HttpProblem(502, "AWS answers with " + refusal.statusCode());
    }
    String detail =
        "%s says %s: %s"
            .formatted(details.serviceName(), details.errorCode(), details.errorMessage());
    if (refusal.isThrottlingException()) {
      return new HttpProblem(503, detail);
    }
    if (refusal.statusCode() == 404 || MISSING.contains(details.errorCode())) {
      return new HttpProblem(404, detail);
    }
    return new HttpProblem(OUT_OF_BOUNDS.contains(details.errorCode()) ? 400 : 502, detail);
  }
}
