package routes.kinesis.read;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.ledger.Position;
import routes.ledger.ShardLedger;
import routes.stream.Gap;

/**
 * Notices, read by read, when a shard's records were dropped before they were read: Kinesis says
 * nothing then and goes on with the oldest record it still has. No record is dropped within a day,
 * the shortest retention of a stream, so that a reader that keeps up has nothing to ask for.
 */
final class GapWatch {

  private static final Logger LOG = LoggerFactory.getLogger(GapWatch.class);

  /** Somewhat less than the shortest retention of a stream. */
  private static final Duration SAFE = Duration.ofHours(23);

  private final SourceShard shard;
  private final Gaps gaps;
  private final Function<Position, ShardCursor> cursorAt;
  private final InstantSource wall;
  private final InstantSource steady;
  private Position reached;
  private boolean begun;
  private boolean behind;
  private Instant unreadSince = Instant.MIN;
  private Instant steadyUnreadSince = Instant.MIN;

  /**
   * @param delivered where reading begins
   * @param cursorAt reads from a position, at its own record if that is still there
   * @param wall the time of day, which a machine that slept catches up with
   * @param steady a clock that nobody sets
   */
  GapWatch(
      SourceShard shard,
      Position delivered,
      Gaps gaps,
      Function<Position, ShardCursor> cursorAt,
      InstantSource wall,
      InstantSource steady) {
    this.shard = shard;
    this.reached = delivered;
    this.gaps = gaps;
    this.cursorAt = cursorAt;
    this.wall = wall;
    this.steady = steady;
  }

  /**
   * Looks for a gap before a read, which is reported, and tells the ledger where nobody knows any
   * more what is delivered. To be called with every read, before its records are given away.
   *
   * @return the read
   */
  ShardRead check(ShardRead read, ShardLedger ledger) {
    if (begun) {
      if (mayHaveDropped(read) && !isThere(reached)) {
        report(read, ledger);
      }
    } else {
      begin(read, ledger);
    }
    if (!read.isEmpty()) {
      reached = Position.endOf(read.last().sequenceNumber());
    }
    behind = read.isBehind();
    unreadSince = wall.instant().minusMillis(read.asOfMillis());
    steadyUnreadSince = steady.instant().minusMillis(read.asOfMillis());
    return read;
  }

  private void begin(ShardRead read, ShardLedger ledger) {
    if (read.isEmpty() && read.isBehind()) {
      return;
    }
    begun = !read.isEmpty();
    if (reached.equals(Position.START)) {
      if (begun) {
        LOG.info("{} has no checkpoint: reading from its oldest record", shard);
        ledger.becomeUncertain(newest(read));
      }
      return;
    }
    begun = true;
    @Nullable Position first =
        read.isEmpty() ? null : new Position(read.first().sequenceNumber(), 0);
    if (first == null || first.isAfter(Position.endOf(reached.sequenceNumber()))) {
      report(read, ledger);
    }
  }

  /**
   * Whether something may have waited for longer than every stream keeps it. Kafka may keep less
   * than a day, and then no longer knows where to read on.
   */
  private boolean mayHaveDropped(ShardRead read) {
    return !reached.equals(Position.START)
        && (read.renewed() || isLong(unreadSince, wall) || isLong(steadyUnreadSince, steady));
  }

  private static boolean isLong(Instant since, InstantSource clock) {
    return Duration.between(since, clock.instant()).compareTo(SAFE) > 0;
  }

  private boolean isThere(Position position) {
    ShardCursor cursor = cursorAt.apply(position);
    ShardRead read = cursor.read();
    while (read.isEmpty() && read.isBehind()) {
      read = cursor.read();
    }
    return !read.isEmpty() && read.first().sequenceNumber().equals(position.sequenceNumber());
  }

  private void report(ShardRead read, ShardLedger ledger) {
    boolean undelivered = behind || reached.index() < Integer.MAX_VALUE;
    if (!read.isEmpty() || undelivered) {
      @Nullable String next = read.isEmpty() ? null : read.first().sequenceNumber();
      gaps.report(new Gap(shard.id(), reached, next, wall.instant()));
    } else {
      // A quiet stream forgets what was delivered, and nothing is amiss.
      LOG.warn(
          "{}: the stream no longer holds sequence number {}, up to which all is delivered, nor anything after it. If records came while nobody read, they were dropped",
          shard,
          reached.sequenceNumber());
    }
    ledger.becomeUncertain(newest(read));
  }

  /** Until when something may have arrived, by whichever clock is ahead. */
  private Instant newest(ShardRead read) {
    Instant now = wall.instant();
    if (read.isEmpty()) {
      return now;
    }
    Instant newest = read.last().arrival().plusMillis(read.behindMillis());
    return newest.isAfter(now) ? newest : now;
  }
}
