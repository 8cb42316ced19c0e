package routes.dashboard.lake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
import routes.dashboard.lake.NewestRecords.Found;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One search. It goes back in time through stretches that grow, so that what is recent shows at
 * once and years without records cost little; within an hour it begins with the objects put last.
 * Only when all of an hour are read is it known which of its records are the newest. For one
 * thread.
 */
final class SearchRun {

  private static final int MAX_LISTED = 20_000;
  private static final int GROWTH = 6;
  private static final long LOOK_MILLIS = 100;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final LakeListing lake;
  private final ObjectScan scan;
  private final ExecutorService readers;
  private final SearchQuery query;
  private final List<String> services;
  private final SearchOutput out;
  private final long deadline = System.nanoTime() + TIMEOUT.toNanos();

  /** What is not in the lake yet, by hour. */
  private final Map<Instant, List<Found>> waiting = new HashMap<>();

  private int wanted;

  /** Where the wanted records end, once there are enough. */
  private @Nullable Instant next;

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

  /** Begins with what is on the stream, and tells it with the hours it belongs to. */
  void run(StreamScan stream) {
    try {
      begin(stream.read());
      HourRange all = query.hours();
      long last = all.last();
      for (long length = query.ahead().length(); last >= all.first(); length *= GROWTH) {
        HourRange stretch = new HourRange(Math.max(all.first(), last - length + 1), last);
        if (!search(stretch)) {
          return;
        }
        last = stretch.first() - 1;
      }
      out.done(next == null ? "end" : "limit", next);
    } catch (SdkException failure) {
      out.failed("S3 could not be read: " + failure.getMessage());
    }
  }

  private void begin(StreamScan.Result stream) {
    stream
        .found()
        .forEach(
            found ->
                waiting
                    .computeIfAbsent(
                        found.time().truncatedTo(ChronoUnit.HOURS), hour -> new ArrayList<>())
                    .add(found));
    if (query.counted()) {
      out.count(stream.counts());
    }
    if (stream.objection() != null) {
      out.skipped("the stream", stream.objection());
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
    waiting.keySet().stream()
        .filter(stretch::includes)
        .forEach(hour -> hours.computeIfAbsent(hour, none -> new ArrayList<>()));
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
      if (out.isDue()) {
        out.at(stretch.newest());
      }
    }
    return true;
  }

  private boolean search(Instant hour, List<LakeObject> objects) {
    NewestRecords newest = new NewestRecords(wanted);
    waiting.getOrDefault(hour, List.of()).forEach(newest::add);
    boolean inTime = scan(hour, objects, newest);
    newest.news().forEach(out::found);
    out.flush();
    if (!inTime) {
      out.done("time", next == null ? hour : next);
      return false;
    }
    wanted -= newest.size();
    if (wanted == 0 && next == null) {
      // Not to pass over others of the same time; whoever goes on sees this one again.
      next = newest.oldest().plusNanos(1);
    }
    if (next != null && !query.counted()) {
      out.done("limit", next);
      return false;
    }
    return true;
  }

  /** False when time is up. */
  private boolean scan(Instant hour, List<LakeObject> objects, NewestRecords newest) {
    objects.sort(Comparator.comparing(LakeObject::modified).reversed());
    List<Future<ObjectScan.Result>> scans = new ArrayList<>();
    try {
      for (LakeObject object : objects) {
        scans.add(readers.submit(() -> scan.read(object, newest)));
      }
      for (int i = 0; i < objects.size(); i++) {
        ObjectScan.Result result = await(scans.get(i), hour, newest);
        if (result == null) {
          return false;
        }
        out.looked(objects.get(i), result);
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
  private ObjectScan.@Nullable Result await(
      Future<ObjectScan.Result> scanned, Instant hour, NewestRecords newest) {
    while (System.nanoTime() < deadline) {
      if (out.isDue()) {
        if (query.early()) {
          newest.news().forEach(out::found);
        }
        out.at(hour);
      }
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
