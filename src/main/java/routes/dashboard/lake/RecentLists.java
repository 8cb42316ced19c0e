package routes.dashboard.lake;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.Weigher;
import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was listed within the last minute, for estimates: who changes a query, and many who look at
 * the same time, need not have it listed anew. It may lack what was put since.
 */
@ThreadSafe
final class RecentLists {

  private static final Duration KEPT = Duration.ofMinutes(1);

  /** In all lists, of some 300 bytes each. */
  private static final int MAX_OBJECTS = 200_000;

  private final Cache<Listed, List<LakeObject>> lists =
      CacheBuilder.newBuilder()
          .expireAfterWrite(KEPT)
          .maximumWeight(MAX_OBJECTS)
          .weigher((Weigher<Listed, List<LakeObject>>) (what, objects) -> 1 + objects.size())
          .build();

  private record Listed(String bucket, List<String> services, HourRange hours) {}

  /**
   * The objects of some services and hours.
   *
   * @param list lists them where they are not known; empty when there are too many
   */
  Optional<List<LakeObject>> get(
      String bucket,
      List<String> services,
      HourRange hours,
      Supplier<Optional<List<LakeObject>>> list) {
    Listed what = new Listed(bucket, services, hours);
    List<LakeObject> known = lists.getIfPresent(what);
    if (known != null) {
      return Optional.of(known);
    }
    // Two who ask at once both list: neither is to wait for the other's client.
    Optional<List<LakeObject>> listed = list.get();
    listed.ifPresent(objects -> lists.put(what, List.copyOf(objects)));
    return listed;
  }
}
