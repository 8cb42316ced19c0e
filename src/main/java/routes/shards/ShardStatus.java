package routes.shards;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import routes.ledger.ShardId;

/**
 * How far a shard that this worker reads is behind, and what it is about.
 *
 * @param lag the age of the oldest record not delivered yet, at most; next to nothing when all are
 * @param windowMillis how far back copies are recognised, in milliseconds
 * @param attempt what its reader is trying now, or null while it waits for records or for room
 */
public record ShardStatus(
    ShardId shard, Duration lag, long windowMillis, @Nullable Attempt attempt) {}
