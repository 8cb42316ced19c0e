package routes.faults;

import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The shards of the stream: splits and merges them, and reads what they hold. */
final class Shards {

  private static final int MOST_OPEN = 6;

  private final KinesisClient kinesis;
  private final String stream;

  Shards(KinesisClient kinesis, String stream) {
    this.kinesis = kinesis;
    this.stream = stream;
  }

  /** Splits and merges until there are so many, and returns once that is done. */
  void resize(int count) {
    kinesis.updateShardCount(
        r -> r.streamName(stream).targetShardCount(count).scalingType(ScalingType.UNIFORM_SCALING));
    await().until(() -> open().size() == count);
  }

  /** Splits one, and returns once that is done. */
  void grow(Random random) {
    int before = open().size();
    splitOne(random);
    await().until(() -> open().size() == before + 1);
  }

  List<String> openNames() {
    return open().stream().map(Shard::shardId).toList();
  }

  /** Splits a shard in two halves, or merges two if there are many. */
  void splitOne(Random random) {
    List<Shard> open = open();
    if (open.size() >= MOST_OPEN) {
      mergeTwo(random);
      return;
    }
    Shard shard = open.get(random.nextInt(open.size()));
    BigInteger middle = start(shard).add(end(shard)).shiftRight(1);
    kinesis.splitShard(
        r ->
            r.streamName(stream)
                .shardToSplit(shard.shardId())
                .newStartingHashKey(middle.toString()));
  }

  /** Merges two neighbours, or splits a shard if it is the only one. */
  void mergeTwo(Random random) {
    List<Shard> open = open();
    if (open.size() == 1) {
      splitOne(random);
      return;
    }
    int first = random.nextInt(open.size() - 1);
    kinesis.mergeShards(
        r ->
            r.streamName(stream)
                .shardToMerge(open.get(first).shardId())
                .adjacentShardToMerge(open.get(first + 1).shardId()));
  }

  /** Puts a record on every open shard, so that there is one after all that was put before. */
  void putOnEach(List<String> records) {
    List<Shard> open = open();
    for (int i = 0; i < open.size(); i++) {
      String json = records.get(i);
      String hashKey = open.get(i).hashKeyRange().startingHashKey();
      kinesis.putRecord(
          r ->
              r.streamName(stream)
                  .partitionKey("last")
                  .explicitHashKey(hashKey)
                  .data(SdkBytes.fromUtf8String(json)));
    }
  }

  /** All log records that were ever put on the stream. */
  List<String> read() {
    List<String> records = new ArrayList<>();
    kinesis.listShards(r -> r.streamName(stream)).shards().forEach(shard -> read(shard, records));
    return records;
  }

  /** By hash key. */
  List<Shard> open() {
    return kinesis.listShards(r -> r.streamName(stream)).shards().stream()
        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
        .sorted(Comparator.comparing(Shards::start))
        .toList();
  }

  private void read(Shard shard, List<String> records) {
    String iterator =
        kinesis
            .getShardIterator(
                r ->
                    r.streamName(stream)
                        .shardId(shard.shardId())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    while (iterator != null) {
      String at = iterator;
      GetRecordsResponse got = kinesis.getRecords(r -> r.shardIterator(at));
      got.records()
          .forEach(record -> records.addAll(ProducerFormat.recordsIn(record.data().asByteArray())));
      boolean more = got.millisBehindLatest() > 0;
      iterator = more ? got.nextShardIterator() : null;
    }
  }

  private static BigInteger start(Shard shard) {
    return new BigInteger(shard.hashKeyRange().startingHashKey());
  }

  private static BigInteger end(Shard shard) {
    return new BigInteger(shard.hashKeyRange().endingHashKey());
  }
}
