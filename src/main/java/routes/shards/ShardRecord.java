package routes.shards;

import java.time.Instant;
import routes.ledger.Position;
import routes.record.LogRecord;

/**
 * A record found on a shard.
 *
 * @param arrival when Kinesis took what holds it, by Kinesis' clock
 */
public record ShardRecord(Position position, Instant arrival, LogRecord record) {}
