package routes.dashboard.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.http.HttpProblem;
import routes.partition.Partition;
import routes.partition.PartitionValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists the partitions of a lake. Within a service, keys are in the order of time, so a stretch of
 * time costs no more calls than its objects take. Thread-safe.
 */
public final class LakeListing {

  private static final String PREFIX = "service=";
  private static final int MAX_SERVICES = 10_000;

  private final S3Client s3;

  public LakeListing(S3Client s3) {
    this.s3 = s3;
  }

  /** What is done with an object; false ends the listing. */
  @FunctionalInterface
  interface Visitor {

    boolean visit(LakeObject object);
  }

  /** The services that have objects, by name. */
  List<String> services(String bucket) {
    List<String> services = new ArrayList<>();
    s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(PREFIX).delimiter("/")).stream()
        .flatMap(page -> page.commonPrefixes().stream())
        .limit(MAX_SERVICES)
        .forEach(prefix -> serviceOf(prefix).ifPresent(services::add));
    return services;
  }

  /** The service asked for, or all that there are. */
  List<String> services(String bucket, Optional<String> only) {
    only.map(PartitionValue::objection)
        .ifPresent(
            objection -> {
              throw HttpProblem.badRequest("service " + objection);
            });
    return only.map(List::of).orElseGet(() -> services(bucket));
  }

  /**
   * Visits a service's objects of some hours in the order of time.
   *
   * @param after a partition; it and those before it are passed over
   * @return false when the visitor ended it
   */
  boolean visit(
      String bucket, String service, HourRange hours, @Nullable Partition after, Visitor visitor) {
    String prefix = PREFIX + PartitionValue.encode(service) + "/";
    ListObjectsV2Request.Builder list =
        ListObjectsV2Request.builder()
            .bucket(bucket)
            .prefix(prefix)
            // The character after the slash, so behind all that is in the partition.
            .startAfter(
                after == null ? new Partition(service, hours.first()).path() : after.path() + "0");
    while (true) {
      ListObjectsV2Response page = s3.listObjectsV2(list.build());
      for (S3Object found : page.contents()) {
        Optional<LakeObject> object = LakeObject.of(found);
        if (object.isEmpty()) {
          continue;
        }
        if (object.get().partition().epochHour() > hours.last()) {
          return true;
        }
        if (!visitor.visit(object.get())) {
          return false;
        }
      }
      if (!page.isTruncated()) {
        return true;
      }
      list.continuationToken(page.nextContinuationToken());
    }
  }

  private static Optional<String> serviceOf(CommonPrefix prefix) {
    String value = prefix.prefix();
    try {
      return Optional.of(
          PartitionValue.decode(value.substring(PREFIX.length(), value.length() - 1)));
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }
}
