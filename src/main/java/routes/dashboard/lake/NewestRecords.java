package routes.dashboard.lake;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import routes.signal.Level;

/** The newest of many records, so many at most. */
@ThreadSafe
final class NewestRecords {

  private static final int SHOWN_BYTES = 64 * 1024;

  private static final Comparator<Found> NEWEST_FIRST =
      Comparator.comparing(Found::time).reversed();

  private final int limit;

  @GuardedBy("this")
  private final PriorityQueue<Found> oldestFirst = new PriorityQueue<>(NEWEST_FIRST.reversed());

  /** Those of them that were not told yet. */
  @GuardedBy("this")
  private List<Found> news = new ArrayList<>();

  /**
   * A record that was searched for.
   *
   * @param level null where it says none
   * @param line as it is stored, or the beginning of it
   * @param cut whether it is the beginning only
   * @param key the object it lies in; null for one that is still on the stream
   */
  record Found(
      Instant time,
      String service,
      @Nullable Level level,
      String line,
      boolean cut,
      @Nullable String key) {

    static Found of(
        Instant time, String service, Optional<Level> level, ByteSlice line, @Nullable String key) {
      ByteSlice shown = line.slice(0, Math.min(line.length(), SHOWN_BYTES));
      return new Found(
          time, service, level.orElse(null), shown.toString(), shown.length() < line.length(), key);
    }
  }

  NewestRecords(int limit) {
    this.limit = limit;
  }

  /** Whether a record of that time would be among them now. */
  synchronized boolean wants(Instant time) {
    return oldestFirst.size() < limit || (limit > 0 && time.isAfter(oldestFirst.element().time()));
  }

  synchronized void add(Found found) {
    if (wants(found.time())) {
      if (oldestFirst.size() == limit) {
        oldestFirst.remove();
      }
      oldestFirst.add(found);
      news.add(found);
    }
  }

  /** Those found since this was asked last, the newest first; later ones may be newer. */
  synchronized List<Found> news() {
    Set<Found> among = Collections.newSetFromMap(new IdentityHashMap<>());
    among.addAll(oldestFirst);
    List<Found> told = news.stream().filter(among::contains).sorted(NEWEST_FIRST).toList();
    news = new ArrayList<>();
    return told;
  }

  synchronized int size() {
    return oldestFirst.size();
  }

  /** When the oldest of them was; of no meaning without any. */
  synchronized Instant oldest() {
    return oldestFirst.element().time();
  }
}
