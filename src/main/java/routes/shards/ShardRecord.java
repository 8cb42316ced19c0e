package routes.shards;

import java.time.Instant;
import java.util.List;

/**
 * One Kinesis record as it lies on its shard.
 *
 * @param arrival when Kinesis took it, by Kinesis' clock
 * @param payloads usually one; several where the Kinesis Producer Library gathered them, none where
 *     it has sent them again to another shard
 */
public record ShardRecord(String sequenceNumber, Instant arrival, List<Payload> payloads) {

  /** The memory its payloads take, in bytes. */
  long bytes() {
    return payloads.stream().mapToLong(payload -> payload.bytes().length()).sum();
  }
}
