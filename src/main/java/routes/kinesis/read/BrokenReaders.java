package routes.kinesis.read;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import routes.ledger.ShardId;
import routes.retry.Attempt;
import routes.retry.Attempts;

/** Which shards have readers that break again and again: each begins anew, and none gets on. */
final class BrokenReaders {

  /** A reader that breaks within this time after the one before is not the first but one more. */
  private static final Duration AGAIN = Duration.ofMinutes(2);

  private final InstantSource clock;
  private final Map<ShardId, Breaks> breaks = new ConcurrentHashMap<>();

  BrokenReaders(InstantSource clock) {
    this.clock = clock;
  }

  /** Remembers that a reader of the shard ended in a way that nobody has thought of. */
  void add(ShardId shard, Throwable failure) {
    Instant now = clock.instant();
    Breaks before = breaks.get(shard);
    Instant first = before == null || before.isOver(now) ? now : before.attempt.since();
    Attempt attempt =
        new Attempt(
            "read " + shard,
            first,
            "its reader broke and began anew: " + Attempts.describe(failure));
    breaks.put(shard, new Breaks(attempt, now));
  }

  /** What has not been read although it was begun at least twice, the last time just now. */
  List<Attempt> failing() {
    Instant now = clock.instant();
    breaks.values().removeIf(some -> some.isOver(now));
    return breaks.values().stream().filter(Breaks::isAgain).map(Breaks::attempt).toList();
  }

  /**
   * Some breaks that followed each other soon.
   *
   * @param attempt since the first of them
   */
  private record Breaks(Attempt attempt, Instant last) {

    boolean isAgain() {
      return last.isAfter(attempt.since());
    }

    boolean isOver(Instant now) {
      return now.isAfter(last.plus(AGAIN));
    }
  }
}
