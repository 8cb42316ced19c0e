package routes.delivery;

import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.record.ByteSlice;
import routes.record.Rejection;

/** A record of the stream that can never be delivered, and why. */
public record PoisonRecord(
    ShardId shard, ShardLedger ledger, Position position, Rejection rejection, ByteSlice bytes) {}
