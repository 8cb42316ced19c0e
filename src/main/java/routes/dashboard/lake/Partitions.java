package routes.dashboard.lake;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import routes.http.HttpProblem;
import routes.http.api.Page;
import routes.http.api.Request;
import routes.partition.Partition;

/** Counts what lies in each partition, and shows where something is odd. */
@ThreadSafe
public final class Partitions {

  private final LakeListing lake;
  private final Duration maxFuture;
  private final InstantSource clock;

  /**
   * A view of lakes.
   *
   * @param maxFuture how far ahead records may be
   */
  public Partitions(LakeListing lake, Duration maxFuture, InstantSource clock) {
    this.lake = lake;
    this.maxFuture = maxFuture;
    this.clock = clock;
  }

  /** The services of a bucket, ten thousand at most. */
  public Object services(Request request) {
    return new Page<>(lake.services(request.path("name")), null);
  }

  /** The partitions of one service or all, within a stretch of time, in order. */
  public Object analyse(Request request) {
    String bucket = request.path("name");
    HourRange hours =
        HourRange.of(
            request.instant("from"), request.instant("to"), clock.instant().plus(maxFuture));
    Optional<Partition> after = request.page().map(Partitions::partition);
    List<String> services = lake.services(bucket, request.text("service"));
    int limit = request.limit(1000, 5000);
    PartitionCounts counts = new PartitionCounts(limit);
    lake.each(
        services.subList(startOf(after, services), services.size()),
        service -> {
          PartitionCounts own = new PartitionCounts(limit);
          Optional<Partition> begin = after.filter(last -> last.service().equals(service));
          lake.visit(bucket, service, hours, begin.orElse(null), own);
          return own;
        },
        counts::add);
    return PartitionAnalysis.of(counts.counts(), after, counts.next());
  }

  private static int startOf(Optional<Partition> after, List<String> services) {
    return Math.max(0, after.map(partition -> services.indexOf(partition.service())).orElse(0));
  }

  private static Partition partition(String page) {
    try {
      return Partition.parse(page);
    } catch (IllegalArgumentException broken) {
      throw HttpProblem.badRequest("page is not what an answer gave as next");
    }
  }
}
