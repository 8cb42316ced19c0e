package routes.stream;

import java.time.Instant;
import routes.ledger.Position;
import routes.record.LogRecord;

/**
 * A record found on a shard.
 *
 * @param arrival when the stream took what holds it, by the stream's clock
 */
public record StreamRecord(Position position, Instant arrival, LogRecord record) {}
