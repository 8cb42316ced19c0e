package routes.dashboard.streams;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * What came to the open shards of a stream since a moment, or as much of it as a few calls give.
 *
 * @param shards those that are looked at
 * @param all whether these are all that are open
 */
record RecentRecords(
    KinesisClient kinesis, String stream, Instant since, List<String> shards, boolean all) {

  private static final int MAX_READS = 3;

  static RecentRecords of(KinesisClient kinesis, String stream, Instant since, int maxShards) {
    List<String> open = OpenShards.of(kinesis, stream);
    List<String> some = open.subList(0, Math.min(open.size(), maxShards));
    return new RecentRecords(kinesis, stream, since, some, some.size() == open.size());
  }

  /**
   * Reads them, one shard after the other.
   *
   * @param sink takes each record with the name of its shard
   * @return whether these are all
   */
  boolean read(BiConsumer<String, Record> sink) {
    boolean complete = all;
    for (String shard : shards) {
      complete &= read(shard, sink);
    }
    return complete;
  }

  /** Whether it came to the end of the shard. */
  private boolean read(String shard, BiConsumer<String, Record> sink) {
    String iterator =
        kinesis
            .getShardIterator(
                get ->
                    get.streamName(stream)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                        .timestamp(since))
            .shardIterator();
    for (int reads = 0; reads < MAX_READS; reads++) {
      String from = iterator;
      GetRecordsResponse read = kinesis.getRecords(get -> get.shardIterator(from));
      read.records().forEach(record -> sink.accept(shard, record));
      iterator = read.nextShardIterator();
      if (iterator == null || read.millisBehindLatest() == 0) {
        return true;
      }
    }
    return false;
  }
}
