package routes.kinesis.publish;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.InternalFailureException;
import software.amazon.awssdk.services.kinesis.model.KmsThrottlingException;

/**
 * Why a whole request failed.
 *
 * @param passing whether the same request may succeed later
 * @param answerLost whether the records may be on the stream nevertheless
 * @param throttled whether a throughput limit was the reason
 */
record SendFailure(Throwable cause, boolean passing, boolean answerLost, boolean throttled) {

  /** Credentials that are being renewed, and requests that came too slowly. */
  private static final Set<String> PASSING_CODES =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "RequestExpired",
          "RequestTimeout",
          "RequestTimeoutException");

  static SendFailure of(Throwable cause) {
    if (cause instanceof AwsServiceException answer) {
      return of(answer);
    }
    boolean neverSent =
        Stream.iterate(cause, t -> t != null, Throwable::getCause)
            .anyMatch(t -> t instanceof ConnectException || t instanceof UnknownHostException);
    return new SendFailure(cause, cause instanceof SdkClientException, !neverSent, false);
  }

  private static SendFailure of(AwsServiceException answer) {
    boolean throttled = answer.isThrottlingException() || answer instanceof KmsThrottlingException;
    boolean serverFault =
        !throttled && (answer.statusCode() >= 500 || answer instanceof InternalFailureException);
    boolean passing =
        throttled
            || serverFault
            || answer.isClockSkewException()
            || (answer.awsErrorDetails() != null
                && PASSING_CODES.contains(answer.awsErrorDetails().errorCode()));
    return new SendFailure(answer, passing, serverFault, throttled);
  }
}
