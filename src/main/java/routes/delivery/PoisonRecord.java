package routes.delivery;

import routes.deadletter.StreamSource;
import routes.deadletter.Undeliverable;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.record.ByteSlice;
import routes.record.Rejection;
import routes.shards.ShardRecord;

/** A record of the stream that can never be delivered, and why. */
public record PoisonRecord(
    ShardId shard,
    ShardLedger ledger,
    ShardRecord record,
    Position position,
    ByteSlice bytes,
    Rejection rejection) {

  /** The same for the same record whoever reads it, and whenever. */
  public Undeliverable undeliverable() {
    StreamSource source =
        new StreamSource(
            shard.stream(), shard.shard(), position.sequenceNumber(), position.index());
    return new Undeliverable(bytes, rejection, "deliver", source, null, null, 1, record.arrival());
  }
}
