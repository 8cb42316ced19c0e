package routes.dashboard.lake;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.errorprone.annotations.ThreadSafe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
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
 * time costs no more calls than its objects take.
 */
@ThreadSafe
public final class LakeListing implements AutoCloseable {

  private static final String PREFIX = "service=";
  private static final int MAX_SERVICES = 10_000;

  /** S3 gives a thousand keys at a time, and takes as long for them as for one. */
  private static final int LISTERS = 6;

  private final S3Client s3;
  private final ExecutorService listers =
      Executors.newFixedThreadPool(
          LISTERS,
          new ThreadFactoryBuilder().setNameFormat("dashboard-list-%d").setDaemon(true).build());

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
   * The objects of some services and hours, in the order of the services.
   *
   * @param meanwhile what is done again and again while it is waited for
   * @return empty when there are more than {@code most}
   */
  Optional<List<LakeObject>> list(
      String bucket, List<String> services, HourRange hours, int most, Runnable meanwhile) {
    List<LakeObject> objects = new ArrayList<>();
    AtomicInteger listed = new AtomicInteger();
    boolean all =
        new SideBySide(
                listers,
                () -> {
                  meanwhile.run();
                  return listed.get() <= most;
                })
            .each(
                services.iterator(),
                service -> {
                  List<LakeObject> found = new ArrayList<>();
                  visit(
                      bucket,
                      service,
                      hours,
                      null,
                      object -> found.add(object) && listed.incrementAndGet() <= most);
                  return found;
                },
                (service, found) -> objects.addAll(found) || found.isEmpty());
    return all && listed.get() <= most ? Optional.of(objects) : Optional.empty();
  }

  /**
   * Works through services, several at a time.
   *
   * @param goOn is told what came of each in their order, and whether more is wanted
   */
  <R> void each(List<String> services, Function<String, R> work, Predicate<R> goOn) {
    new SideBySide(listers, () -> true)
        .each(services.iterator(), work, (service, found) -> goOn.test(found));
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

  @Override
  public void close() {
    listers.shutdownNow();
  }
}
