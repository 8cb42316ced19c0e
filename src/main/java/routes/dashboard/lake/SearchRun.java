package routes.dashboard.lake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One search. It goes back in time through stretches that grow, so that what is recent shows at
 * once and years without records cost little; within an hour it reads all objects before it tells,
 * for they are not in order. For one thread.
 */
final class SearchRun {

  private static final int MAX_LISTED = 20_000;
  private static final int GROWTH = 6;
  private static final long LOOK_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final LakeListing lake;
  private final ObjectScan scan;
  private final ExecutorService readers;
  private final SearchQuery query;
  private final List<String> services;
  private final SearchOutput out;
  private final long deadline = System.nanoTime() + PATIENCE.toNanos();
  private int wanted;

  SearchRun(
      LakeListing lake,
      ObjectScan scan,
      ExecutorService readers,
      SearchQuery query,
      List<String> services,
      SearchOutput out) {
    this.lake = lake;
    this.scan = scan;
    this.readers = readers;
    this.query = query;
    this.services = services;
    this.out = out;
    this.wanted = query.limit();
  }

  void run() {
    try {
      HourRange all = query.hours();
      long last = all.last();
      for (long length = query.ahead().length(); last >= all.first(); length *= GROWTH) {
        HourRange stretch = new HourRange(Math.max(all.first(), last - length + 1), last);
        if (!search(stretch)) {
          return;
        }
        last = stretch.first() - 1;
      }
      out.done("end", null);
    } catch (SdkException failure) {
      out.failed("S3 could not be read: " + failure.getMessage());
    }
  }

  /** False when the search is over. */
  private boolean search(HourRange stretch) {
    TreeMap<Instant, List<LakeObject>> hours = new TreeMap<>(Comparator.reverseOrder());
    boolean all = list(stretch, hours);
    if (!all && stretch.length() > 1) {
      return search(stretch.newerHalf()) && search(stretch.olderHalf());
    }
    if (!all) {
      out.skipped(
          "hour " + hours.firstKey(), "has more than " + MAX_LISTED + " objects: name a service");
    }
    for (var hour : hours.entrySet()) {
      if (!search(hour.getKey(), hour.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** False when there are more objects than are to be in memory at once. */
  private boolean list(HourRange stretch, Map<Instant, List<LakeObject>> hours) {
    int[] listed = {0};
    for (String service : services) {
      boolean all =
          lake.visit(
              query.bucket(),
              service,
              stretch,
              null,
              object -> {
                hours
                    .computeIfAbsent(object.partition().hour(), hour -> new ArrayList<>())
                    .add(object);
                return ++listed[0] < MAX_LISTED;
              });
      if (!all) {
        return false;
      }
      out.at(stretch.newest());
    }
    return true;
  }

  private boolean search(Instant hour, List<LakeObject> objects) {
    NewestRecords newest = new NewestRecords(wanted);
    boolean inTime = scan(hour, objects, newest);
    List<NewestRecords.Found> found = newest.take();
    found.forEach(out::found);
    out.flush();
    wanted -= found.size();
    if (!inTime) {
      out.done("time", hour);
    } else if (wanted == 0) {
      // Not to pass over others of the same time; whoever goes on sees this one again.
      out.done("limit", found.get(found.size() - 1).time().plusNanos(1));
    }
    return inTime && wanted > 0;
  }

  /** False when time is up. */
  private boolean scan(Instant hour, List<LakeObject> objects, NewestRecords newest) {
    List<Future<ObjectScan.Result>> scans = new ArrayList<>();
    try {
      for (LakeObject object : objects) {
        scans.add(readers.submit(() -> scan.read(object, newest)));
      }
      for (int i = 0; i < objects.size(); i++) {
        ObjectScan.Result result = await(scans.get(i), hour);
        if (result == null) {
          return false;
        }
        out.looked(objects.get(i), result.records());
        if (result.broken() != null) {
          out.skipped(objects.get(i).key(), result.broken());
        }
      }
      return true;
    } finally {
      scans.forEach(left -> left.cancel(true));
    }
  }

  /** Null when time is up. */
  private ObjectScan.@Nullable Result await(Future<ObjectScan.Result> scanned, Instant hour) {
    while (System.nanoTime() < deadline) {
      out.at(hour);
      try {
        return scanned.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        // So that the client hears of it, and may be found to be gone.
      } catch (ExecutionException failure) {
        if (failure.getCause() instanceof SdkException away) {
          throw away;
        }
        throw new IllegalStateException(failure.getCause());
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        throw new CancellationException();
      }
    }
    return null;
  }
}
