package routes.shards;

import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.ledger.Position;
import routes.ledger.ShardId;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * What may lie between the place where delivery of a shard stopped and the first record read:
 * Kinesis goes on at the oldest record it still has when the one asked for is gone.
 */
final class Gap {

  private static final Logger LOG = LoggerFactory.getLogger(Gap.class);

  private Gap() {}

  /**
   * Looks for a gap and reports it.
   *
   * @return now, when nobody knows how far the shard is delivered; else nothing
   */
  static Optional<Instant> before(Record first, ShardId shard, Position delivered, Instant now) {
    if (delivered.equals(Position.START)) {
      LOG.info("{} has no checkpoint: reading from its oldest record", shard);
      return Optional.of(now);
    }
    Position begin = new Position(first.sequenceNumber(), 0);
    if (!begin.isAfter(Position.endOf(delivered.sequenceNumber()))) {
      return Optional.empty();
    }
    LOG.error(
        "{}: the stream no longer holds sequence number {}, where delivery stopped; it begins at {}, arrived {}. What lay between, if anything, is lost: lengthen the stream's retention",
        shard,
        delivered.sequenceNumber(),
        first.sequenceNumber(),
        first.approximateArrivalTimestamp());
    return Optional.of(now);
  }
}
