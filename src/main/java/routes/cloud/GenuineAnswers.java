package routes.cloud;

import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Refuses a success that lacks what S3 always says, or says what S3 never does: it is another's,
 * such as the page of a proxy that answers everything with 200, and nothing was read or stored.
 */
final class GenuineAnswers implements ExecutionInterceptor {

  @Override
  public void afterUnmarshalling(Context.AfterUnmarshalling call, ExecutionAttributes attributes) {
    if (!isGenuine(call.response(), call.httpResponse())) {
      throw SdkClientException.create(
          "The answer to %s is not S3's: it lacks what S3 always says. See what stands between the app and S3 at %s"
              .formatted(
                  attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                  call.httpRequest().getUri().resolve("/")));
    }
  }

  private static boolean isGenuine(SdkResponse response, SdkHttpResponse http) {
    if (response instanceof PutObjectResponse put) {
      return put.eTag() != null;
    }
    if (response instanceof GetObjectResponse get) {
      return get.eTag() != null || isNumbered(http);
    }
    if (response instanceof HeadObjectResponse head) {
      return head.eTag() != null || isNumbered(http);
    }
    if (response instanceof ListObjectsV2Response list) {
      return list.isTruncated() != null;
    }
    return !isPage(http);
  }

  /** The other answers hardly say anything, and S3 does not say it in HTML. */
  private static boolean isPage(SdkHttpResponse http) {
    return http.firstMatchingHeader("Content-Type")
        .filter(type -> type.startsWith("text/html"))
        .isPresent();
  }

  /** The embedded S3 knows no entity tag of files laid in its folder by hand. */
  private static boolean isNumbered(SdkHttpResponse http) {
    return http.firstMatchingHeader("x-amz-request-id").isPresent();
  }
}
