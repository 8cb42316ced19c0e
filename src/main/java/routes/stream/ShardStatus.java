package routes.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import routes.ledger.ShardId;
import routes.retry.Attempt;

/**
 * How far a shard is behind, and what its reader, if it has one here, is about.
 *
 * @param lag the age of the oldest record not delivered yet, at most; next to nothing when all are
 * @param windowMillis how far back copies are recognised, in milliseconds
 * @param attempt what its reader is trying now, or null while it waits for records or for room
 * @param retention for how long the stream keeps records
 */
public record ShardStatus(
    ShardId shard, Duration lag, long windowMillis, @Nullable Attempt attempt, Duration retention) {

  /** How much of the stream's retention the oldest record that is not delivered has used up. */
  public double retentionUsed() {
    return retention.isZero() ? 0 : (double) lag.toMillis() / retention.toMillis();
  }

  /** How long it takes until the stream drops the oldest record that is not delivered, at least. */
  public Duration retentionLeft() {
    return retention.minus(lag);
  }
}
