package routes.local.kinesis;

import java.util.List;

/**
 * What is remembered of a stream besides its records.
 *
 * @param created epoch milliseconds; no other stream ever had the same
 * @param shards by number; shards closed longer ago than the retention are forgotten
 * @param nextShard the number of the next shard
 */
record StreamInfo(
    String name,
    long created,
    StreamMode mode,
    int retentionHours,
    int maxRecordKib,
    int nextShard,
    List<ShardInfo> shards) {

  StreamInfo withRetention(int hours) {
    return new StreamInfo(name, created, mode, hours, maxRecordKib, nextShard, shards);
  }

  StreamInfo withShards(int next, List<ShardInfo> changed) {
    return new StreamInfo(name, created, mode, retentionHours, maxRecordKib, next, changed);
  }
}
