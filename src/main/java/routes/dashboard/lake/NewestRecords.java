package routes.dashboard.lake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import routes.record.ByteSlice;

/** The newest of many records, so many at most. Thread-safe. */
final class NewestRecords {

  private static final int SHOWN_BYTES = 64 * 1024;

  private final int limit;
  private final PriorityQueue<Found> oldestFirst =
      new PriorityQueue<>(Comparator.comparing(Found::time));

  /**
   * A record that was searched for.
   *
   * @param line as it is stored, or the beginning of it
   * @param cut whether it is the beginning only
   * @param key the object it lies in
   */
  record Found(Instant time, String service, String line, boolean cut, String key) {}

  NewestRecords(int limit) {
    this.limit = limit;
  }

  synchronized void add(Instant time, ByteSlice line, LakeObject object) {
    if (oldestFirst.size() == limit) {
      if (!time.isAfter(oldestFirst.element().time())) {
        return;
      }
      oldestFirst.remove();
    }
    ByteSlice shown = line.slice(0, Math.min(line.length(), SHOWN_BYTES));
    oldestFirst.add(
        new Found(
            time,
            object.partition().service(),
            shown.toString(),
            shown.length() < line.length(),
            object.key()));
  }

  /** All of them, the newest first. */
  synchronized List<Found> take() {
    List<Found> newestFirst = new ArrayList<>(oldestFirst);
    newestFirst.sort(Comparator.comparing(Found::time).reversed());
    oldestFirst.clear();
    return newestFirst;
  }
}
