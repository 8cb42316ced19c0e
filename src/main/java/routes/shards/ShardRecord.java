package routes.shards;

import java.time.Instant;

/**
 * One Kinesis record as it lies on its shard.
 *
 * @param arrival when Kinesis took it, by Kinesis' clock
 * @param data the payload, not copied: do not change it
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Never compared; copying every payload would cost a pass.
public record ShardRecord(
    String sequenceNumber, String partitionKey, Instant arrival, byte[] data) {}
