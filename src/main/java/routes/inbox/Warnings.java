package routes.inbox;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Tells of troubles, of each kind at most once a minute: a full disk keeps every file from being
 * read, again and again. How many were left out is told with the next. For one thread.
 */
final class Warnings {

  private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

  private final Logger log;
  private final LongSupplier nanoTime;
  private final Map<String, Told> byKind = new HashMap<>();

  private record Told(long at, int leftOut) {}

  Warnings(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /**
   * Tells of one.
   *
   * @param kind what others of this kind have in common
   */
  void tell(String kind, String warning) {
    long now = nanoTime.getAsLong();
    Told before = byKind.get(kind);
    if (before != null && now - before.at() < PAUSE) {
      byKind.put(kind, new Told(before.at(), before.leftOut() + 1));
      return;
    }
    byKind.values().removeIf(told -> now - told.at() >= PAUSE);
    byKind.put(kind, new Told(now, 0));
    if (before == null || before.leftOut() == 0) {
      log.warn("{}", warning);
    } else {
      log.warn("{} ({} more like this since it was told last)", warning, before.leftOut());
    }
  }
}
