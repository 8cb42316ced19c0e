package routes.dashboard.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * What came to the open shards of a stream in some time, or as much of it as a few calls give, from
 * all parts of that time.
 *
 * @param shards those that are looked at
 * @param all whether these are all that are open
 */
record RecentRecords(
    KinesisClient kinesis,
    String stream,
    Instant since,
    Instant now,
    List<String> shards,
    boolean all) {

  private static final int MAX_READS = 3;

  static RecentRecords of(
      KinesisClient kinesis, String stream, Instant since, Instant now, int maxShards) {
    List<String> open = OpenShards.of(kinesis, stream);
    List<String> some = open.subList(0, Math.min(open.size(), maxShards));
    return new RecentRecords(kinesis, stream, since, now, some, some.size() == open.size());
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

  /** Whether it read all, up to the end of the shard. */
  private boolean read(String shard, BiConsumer<String, Record> sink) {
    Duration part = Duration.between(since, now).dividedBy(MAX_READS);
    String iterator = iterator(shard, since);
    Instant reached = since;
    boolean complete = true;
    for (int reads = 1; ; reads++) {
      String from = iterator;
      GetRecordsResponse read = kinesis.getRecords(get -> get.shardIterator(from));
      for (Record record : read.records()) {
        sink.accept(shard, record);
        reached = record.approximateArrivalTimestamp();
      }
      if (read.nextShardIterator() == null || read.millisBehindLatest() == 0) {
        return complete;
      }
      if (reads == MAX_READS) {
        return false;
      }
      Instant next = since.plus(part.multipliedBy(reads));
      boolean passesOver = reached.isBefore(next);
      iterator = passesOver ? iterator(shard, next) : read.nextShardIterator();
      complete &= !passesOver;
    }
  }

  private String iterator(String shard, Instant from) {
    return kinesis
        .getShardIterator(
            get ->
                get.streamName(stream)
                    .shardId(shard)
                    .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                    .timestamp(from))
        .shardIterator();
  }
}
