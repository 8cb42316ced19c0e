package routes.stream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.ledger.Position;
import routes.ledger.ShardId;

/**
 * Records that a stream dropped before they were delivered.
 *
 * @param after the last place read or delivered before it; it is no longer on the stream either
 * @param next the sequence number of the oldest record that is left, or null when none is
 * @param noticed when it was seen, by the time of day
 */
public record Gap(ShardId shard, Position after, @Nullable String next, Instant noticed) {

  @Override
  public String toString() {
    return "%s: the stream no longer holds sequence number %s, where delivery stood; %s. What lay between, if anything, is lost: lengthen the stream's retention"
        .formatted(
            shard,
            after.sequenceNumber(),
            next == null ? "it holds nothing at present" : "it begins at " + next);
  }
}
