package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.AccessDeniedException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.KmsDisabledException;
import software.amazon.awssdk.services.kinesis.model.KmsThrottlingException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

class SendFailureTest {

  @ParameterizedTest
  @MethodSource("failures")
  void knows_what_passes_and_what_may_have_been_stored(
      Throwable cause, boolean passing, boolean answerLost, boolean throttled) {
    assertThat(SendFailure.of(cause))
        .isEqualTo(new SendFailure(cause, passing, answerLost, throttled));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(answer(400, "ProvisionedThroughputExceededException"), true, false, true),
        arguments(
            ProvisionedThroughputExceededException.builder()
                .awsErrorDetails(code("ProvisionedThroughputExceededException"))
                .build(),
            true,
            false,
            true),
        arguments(KmsThrottlingException.builder().statusCode(400).build(), true, false, true),
        arguments(answer(429, "TooManyRequests"), true, false, true),
        arguments(answer(500, "InternalFailure"), true, true, false),
        arguments(answer(503, "ServiceUnavailable"), true, true, false),
        arguments(answer(400, "ExpiredTokenException"), true, false, false),
        arguments(SdkClientException.create("reset"), true, true, false),
        arguments(
            SdkClientException.create("no such host", new UnknownHostException("kinesis")),
            true,
            false,
            false),
        arguments(ResourceNotFoundException.builder().statusCode(400).build(), false, false, false),
        arguments(AccessDeniedException.builder().statusCode(400).build(), false, false, false),
        arguments(ValidationException.builder().statusCode(400).build(), false, false, false),
        arguments(KmsDisabledException.builder().statusCode(400).build(), false, false, false),
        arguments(new IllegalStateException("closed"), false, true, false));
  }

  private static KinesisException answer(int status, String errorCode) {
    return (KinesisException)
        KinesisException.builder().statusCode(status).awsErrorDetails(code(errorCode)).build();
  }

  private static AwsErrorDetails code(String errorCode) {
    return AwsErrorDetails.builder().errorCode(errorCode).build();
  }
}
