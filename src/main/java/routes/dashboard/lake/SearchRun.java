package routes.dashboard.lake;

import com.google.common.collect.Iterators;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import routes.dashboard.lake.NewestRecords.Found;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One search. It goes back in time through stretches that grow, so that what is recent shows at
 * once and years without records cost little; within an hour it begins with the objects put last.
 * Only when all of an hour are read is it known which of its records are the newest. Near a time it
 * is all hours together, as the record before a midnight may be the nearest. An estimate of how
 * many there are comes between, once there was time for the newest records. For one thread.
 */
final class SearchRun {

  private static final int MAX_LISTED = 20_000;
  private static final int MAX_ESTIMATED = 100_000;
  private static final int GROWTH = 6;

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration ESTIMATE_AFTER = Duration.ofMillis(1_500);
  private static final Duration ESTIMATE_FOR = Duration.ofMillis(4_500);

  private final LakeListing lake;
  private final RecentLists recent;
  private final ObjectScan scan;
  private final ExecutorService readers;
  private final SearchQuery query;
  private final List<String> services;
  private final SearchOutput out;
  private final Tally tally;
  private final long begin = System.nanoTime();
  private final long deadline = begin + TIMEOUT.toNanos();
  private boolean estimated;

  /** The objects whose newest records are among those of their hour, or will be. */
  private final Set<String> taken = new HashSet<>();

  /** What is not in the lake yet, by hour. */
  private final Map<Instant, List<Found>> waiting = new HashMap<>();

  private int wanted;

  /** Where the wanted records end, once there are enough. */
  private @Nullable Instant next;

  SearchRun(
      LakeListing lake,
      RecentLists recent,
      ObjectScan scan,
      ExecutorService readers,
      SearchQuery query,
      List<String> services,
      OutputStream out) {
    this.lake = lake;
    this.recent = recent;
    this.scan = scan;
    this.readers = readers;
    this.query = query;
    this.services = services;
    this.tally = new Tally(query.counts(), query.from(), query.to());
    this.out = new SearchOutput(out, tally);
    this.wanted = query.limit();
  }

  /** Begins with what is on the stream, and tells it with the hours it belongs to. */
  void run(StreamScan stream) {
    try {
      begin(stream.read());
      HourRange all = query.hours();
      long last = all.last();
      long length = query.near().isPresent() ? all.length() : query.ahead().length();
      for (; last >= all.first(); length *= GROWTH) {
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
    if (query.isCounted()) {
      out.count(stream.counts());
    }
    if (stream.objection() != null) {
      out.skipped("the stream", stream.objection());
    }
  }

  /** False when the search is over. */
  private boolean search(HourRange stretch) {
    Optional<List<LakeObject>> listed = list(stretch, MAX_LISTED);
    if (listed.isEmpty() && stretch.length() > 1) {
      return search(stretch.newerHalf()) && search(stretch.olderHalf());
    }
    if (listed.isEmpty()) {
      out.skipped(
          "hour " + stretch.newest(), "has more than " + MAX_LISTED + " objects: name a service");
    }
    if (query.near().isPresent()) {
      return search(stretch, listed.orElse(List.of()));
    }
    TreeMap<Instant, List<LakeObject>> hours = new TreeMap<>(Comparator.reverseOrder());
    for (LakeObject object : listed.orElse(List.of())) {
      hours.computeIfAbsent(object.partition().hour(), hour -> new ArrayList<>()).add(object);
    }
    waiting.keySet().stream()
        .filter(stretch::includes)
        .forEach(hour -> hours.computeIfAbsent(hour, none -> new ArrayList<>()));
    for (var hour : hours.entrySet()) {
      if (!search(HourRange.of(hour.getKey()), hour.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Empty when there are more objects than are to be in memory at once. */
  private Optional<List<LakeObject>> list(HourRange stretch, int most) {
    return lake.list(query.bucket(), services, stretch, most, () -> tellOf(stretch.newest()));
  }

  private boolean search(HourRange hours, List<LakeObject> listed) {
    Instant hour = hours.newest();
    NewestRecords newest = new NewestRecords(wanted);
    waiting.entrySet().stream()
        .filter(waits -> hours.includes(waits.getKey()))
        .forEach(waits -> waits.getValue().forEach(newest::add));
    List<LakeObject> objects =
        listed.stream().filter(object -> !tally.isBarren(object)).sorted(query.order()).toList();
    Iterator<LakeObject> untaken =
        Iterators.filter(objects.iterator(), object -> taken.add(object.key()));
    boolean inTime = scan(hours, untaken, newest, object -> newest, deadline);
    newest.news().forEach(out::found);
    out.flush();
    if (!inTime) {
      // Of many hours it is not known which were read.
      out.done("time", next == null && hours.length() == 1 ? hour : next);
      return false;
    }
    wanted -= newest.size();
    if (wanted == 0 && next == null) {
      // Not to pass over others of the same time; whoever goes on sees this one again.
      next = newest.oldest().plusNanos(1);
    }
    if (next != null && query.counting() != Counting.TRUE) {
      estimate(hours, newest);
      out.done("limit", next);
      return false;
    }
    return true;
  }

  /** An object that was read, and where its newest records are. */
  private record Read(ObjectScan.Result result, NewestRecords found) {}

  /**
   * Reads objects.
   *
   * @param newest those of the hours, of which is told
   * @param place where those of an object are put
   * @return false when time is up
   */
  private boolean scan(
      HourRange hours,
      Iterator<LakeObject> objects,
      NewestRecords newest,
      Function<LakeObject, NewestRecords> place,
      long deadline) {
    BooleanSupplier tell =
        () -> {
          if (query.early() && out.isDue()) {
            newest.news().forEach(out::found);
          }
          tellOf(hours.newest());
          return System.nanoTime() - deadline < 0;
        };
    return new SideBySide(readers, tell)
        .each(
            objects,
            object -> {
              NewestRecords found = place.apply(object);
              return new Read(scan.read(object, found), found);
            },
            (object, read) -> {
              tellOf(object, read.result());
              if (read.found() != newest && hours.includes(object.partition().hour())) {
                taken.add(object.key());
                read.found().news().forEach(newest::add);
              }
              if (System.nanoTime() - begin > ESTIMATE_AFTER.toNanos()) {
                estimate(hours, newest);
              }
              return true;
            });
  }

  private void tellOf(LakeObject object, ObjectScan.Result result) {
    out.looked(object, result);
    if (query.isCounted()) {
      out.count(object, result.counts());
    }
    if (result.broken() != null) {
      out.skipped(object.key(), result.broken());
    }
  }

  /**
   * Reads of all there is as much as there is time for.
   *
   * @param hours those that the search has come to, of which nothing has to be read again then
   * @param newest their newest records
   */
  private void estimate(HourRange hours, NewestRecords newest) {
    if (estimated || query.counting() != Counting.ESTIMATE) {
      return;
    }
    estimated = true;
    recent
        .get(
            query.bucket(),
            services,
            query.hours(),
            () -> list(query.hours(), MAX_ESTIMATED),
            () -> tellOf(hours.newest()))
        .map(tally::expect)
        .ifPresentOrElse(
            unread ->
                scan(
                    hours,
                    Iterators.filter(unread.iterator(), object -> !taken.contains(object.key())),
                    newest,
                    // To be given up with an object that is not read to its end.
                    object ->
                        new NewestRecords(hours.includes(object.partition().hour()) ? wanted : 0),
                    System.nanoTime() + ESTIMATE_FOR.toNanos()),
            () -> out.skipped("the rest", "it has more than " + MAX_ESTIMATED + " objects"));
  }

  private void tellOf(Instant hour) {
    if (out.isDue()) {
      out.at(hour);
    }
  }
}
