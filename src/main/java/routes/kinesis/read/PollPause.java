package routes.kinesis.read;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How long a reader lets its shard rest between two reads: the poll interval, and longer once
 * nothing has come for a minute, as a read that brings nothing costs no less. Not thread-safe.
 */
final class PollPause {

  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final long QUIET_MILLIS = 5_000;

  /** Who follows another reader comes a little later, to find what that has read. */
  private static final long LATER_MILLIS = 20;

  private final long millis;
  private final InstantSource clock;
  private Instant lastRecords;

  /**
   * @param millis the poll interval
   * @param clock one that nobody sets
   */
  PollPause(long millis, InstantSource clock) {
    this.millis = millis;
    this.clock = clock;
    this.lastRecords = clock.instant();
  }

  /** The pause after a read, in milliseconds; 0 when there is more to read. */
  long after(ShardRead read) {
    if (!read.isEmpty()) {
      lastRecords = clock.instant();
    }
    if (read.isBehind()) {
      return 0;
    }
    long pause = millis();
    return read.isShared() ? Math.max(0, pause - read.age().toMillis()) + LATER_MILLIS : pause;
  }

  /** The pause after a read that finds no more. */
  long millis() {
    return lastRecords.plus(QUIET).isAfter(clock.instant())
        ? millis
        : Math.max(millis, QUIET_MILLIS);
  }
}
