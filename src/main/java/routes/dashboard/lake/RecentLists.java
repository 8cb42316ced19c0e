package routes.dashboard.lake;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.Weigher;
import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What was listed within the last minute, for estimates: who changes a query, and many who look at
 * the same time, need not have it listed anew. It may lack what was put since.
 */
@ThreadSafe
final class RecentLists {

  private static final Duration KEPT = Duration.ofMinutes(1);

  private static final long LOOK_MILLIS = 100;

  /** In all lists, of some 300 bytes each. */
  private static final int MAX_OBJECTS = 200_000;

  private final Cache<Listed, List<LakeObject>> lists =
      CacheBuilder.newBuilder()
          .expireAfterWrite(KEPT)
          .maximumWeight(MAX_OBJECTS)
          .weigher((Weigher<Listed, List<LakeObject>>) (what, objects) -> 1 + objects.size())
          .build();

  /** What is being listed, by one of those who want it. */
  private final ConcurrentMap<Listed, CompletableFuture<Optional<List<LakeObject>>>> begun =
      new ConcurrentHashMap<>();

  private record Listed(String bucket, List<String> services, HourRange hours) {}

  /**
   * The objects of some services and hours.
   *
   * @param list lists them where they are not known; empty when there are too many
   * @param meanwhile what is done again and again while another lists them
   */
  Optional<List<LakeObject>> get(
      String bucket,
      List<String> services,
      HourRange hours,
      Supplier<Optional<List<LakeObject>>> list,
      Runnable meanwhile) {
    Listed what = new Listed(bucket, services, hours);
    List<LakeObject> known = lists.getIfPresent(what);
    if (known != null) {
      return Optional.of(known);
    }
    CompletableFuture<Optional<List<LakeObject>>> own = new CompletableFuture<>();
    CompletableFuture<Optional<List<LakeObject>>> another = begun.putIfAbsent(what, own);
    if (another != null) {
      // Who began it may be gone before its end.
      return await(another, meanwhile).orElseGet(list);
    }
    try {
      Optional<List<LakeObject>> listed = list.get();
      listed.ifPresent(objects -> lists.put(what, List.copyOf(objects)));
      own.complete(listed);
      return listed;
    } finally {
      begun.remove(what);
      own.cancel(false);
    }
  }

  /** Empty when it came to nothing. */
  private static <T> Optional<T> await(CompletableFuture<T> another, Runnable meanwhile) {
    while (true) {
      try {
        return Optional.of(another.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
      } catch (TimeoutException notYet) {
        meanwhile.run();
      } catch (ExecutionException | CancellationException failed) {
        return Optional.empty();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        throw new CancellationException();
      }
    }
  }
}
