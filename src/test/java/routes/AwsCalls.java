package routes;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Notes what the AWS clients of this process are asked to do, as the IAM actions that takes. The
 * SDK finds this class by {@code execution.interceptors} on the class path.
 */
public final class AwsCalls implements ExecutionInterceptor {

  /** An IAM action and its resource in the words of {@code permissions.yaml}. */
  public record Permission(String action, String resource) {}

  private static final Set<Permission> SEEN = ConcurrentHashMap.newKeySet();

  /** Operations of S3 whose action has another name. */
  private static final Map<String, String> S3_ACTIONS =
      Map.of(
          "ListBuckets", "ListAllMyBuckets",
          "HeadBucket", "ListBucket",
          "ListObjects", "ListBucket",
          "ListObjectsV2", "ListBucket",
          "HeadObject", "GetObject");

  private static final Map<String, String> KEYS =
      Map.of(
          "service=", "lake-objects",
          "errors/", "error-objects",
          "checkpoints/", "checkpoint-objects",
          "receipts/", "receipt-objects");

  public static void forget() {
    SEEN.clear();
  }

  public static Set<Permission> seen() {
    return Set.copyOf(SEEN);
  }

  @Override
  public void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    switch (attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)) {
      case "Kinesis" ->
          SEEN.add(
              new Permission(
                  "kinesis:" + operation, operation.equals("ListStreams") ? "anything" : "stream"));
      case "Sqs" ->
          SEEN.add(
              new Permission(
                  // What may be done may be done in batches.
                  "sqs:" + operation.replaceFirst("Batch$", ""),
                  operation.equals("ListQueues") ? "anything" : "queue"));
      case "CloudWatchLogs" ->
          SEEN.add(
              new Permission(
                  "logs:" + operation,
                  operation.equals("DescribeLogGroups") ? "anything" : "log-group"));
      case "DynamoDb" -> SEEN.add(new Permission("dynamodb:" + operation, "leases"));
      case "S3" -> noteS3(operation, call.request());
      default -> throw new AssertionError("unknown service of " + operation);
    }
  }

  /** Whoever may not list a bucket is told 403 instead of 404 of a key that is not there. */
  private static void noteS3(String operation, SdkRequest request) {
    String bucket = text(request, "Bucket").map(AwsCalls::roleOf).orElse("anything");
    Optional<String> key = text(request, "Key");
    String action = S3_ACTIONS.getOrDefault(operation, operation);
    SEEN.add(new Permission("s3:" + action, key.map(AwsCalls::kindOf).orElse(bucket)));
    if (action.equals("GetObject")) {
      SEEN.add(new Permission("s3:ListBucket", bucket));
    }
  }

  private static String roleOf(String bucket) {
    return bucket.endsWith("-state") ? "state" : "lake";
  }

  private static String kindOf(String key) {
    return KEYS.entrySet().stream()
        .filter(kind -> key.startsWith(kind.getKey()))
        .map(Map.Entry::getValue)
        .findAny()
        .orElse("objects that no permission is for");
  }

  private static Optional<String> text(SdkRequest request, String field) {
    return request.getValueForField(field, String.class);
  }
}
