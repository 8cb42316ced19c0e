package routes.cloud;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Gives the body of a successful answer in CBOR to a caller that would rather read it itself, and
 * the SDK an empty one. Signing, credentials, retries and errors stay the SDK's.
 */
final class RawAnswers implements ExecutionInterceptor {

  static final String CBOR = "application/x-amz-cbor-1.1";
  private static final byte[] EMPTY_MAP = {(byte) 0xA0};
  private static final ExecutionAttribute<RawAnswer> INTO = new ExecutionAttribute<>("RawAnswer");

  /** Of a call whose answer goes there. */
  static AwsRequestOverrideConfiguration into(RawAnswer answer) {
    return AwsRequestOverrideConfiguration.builder().putExecutionAttribute(INTO, answer).build();
  }

  /** Of a call that is under way. */
  static void expect(ExecutionAttributes call) {
    call.putAttribute(INTO, new RawAnswer());
  }

  /** What came as the answer of a call; null when the SDK has read it. */
  static byte @Nullable [] body(ExecutionAttributes call) {
    @Nullable RawAnswer answer = call.getAttribute(INTO);
    return answer == null ? null : answer.body();
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse call, ExecutionAttributes attributes) {
    @Nullable RawAnswer answer = attributes.getAttribute(INTO);
    SdkHttpResponse http = call.httpResponse();
    if (answer == null || !http.isSuccessful() || !isCbor(http) || call.responseBody().isEmpty()) {
      return call.responseBody();
    }
    try (InputStream body = call.responseBody().get()) {
      answer.read(body, http.firstMatchingHeader("Content-Length").map(Integer::valueOf));
    } catch (IOException cutOff) {
      throw SdkClientException.create("The answer broke off: " + cutOff.getMessage(), cutOff);
    }
    return Optional.of(new ByteArrayInputStream(EMPTY_MAP));
  }

  private static boolean isCbor(SdkHttpResponse http) {
    return http.firstMatchingHeader("Content-Type")
        .filter(type -> type.startsWith(CBOR))
        .isPresent();
  }
}
