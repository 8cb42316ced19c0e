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

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse call, ExecutionAttributes attributes) {
    @Nullable RawAnswer answer = attributes.getAttribute(INTO);
    return answer != null && read(call, answer) ? empty() : call.responseBody();
  }

  /** Reads a successful answer in CBOR, or says that it is another, which is left as it is. */
  static boolean read(Context.ModifyHttpResponse call, RawAnswer answer) {
    SdkHttpResponse http = call.httpResponse();
    if (!http.isSuccessful() || !isCbor(http) || call.responseBody().isEmpty()) {
      return false;
    }
    try (InputStream body = call.responseBody().get()) {
      answer.read(body, http.firstMatchingHeader("Content-Length").map(Integer::valueOf));
    } catch (IOException cutOff) {
      throw SdkClientException.create("The answer broke off: " + cutOff.getMessage(), cutOff);
    }
    return true;
  }

  /** What the SDK is given in place of an answer. */
  static Optional<InputStream> empty() {
    return Optional.of(new ByteArrayInputStream(EMPTY_MAP));
  }

  private static boolean isCbor(SdkHttpResponse http) {
    return http.firstMatchingHeader("Content-Type")
        .filter(type -> type.startsWith(CBOR))
        .isPresent();
  }
}
