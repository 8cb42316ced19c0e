package routes.shards;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.ledger.Position;
import routes.ledger.ShardId;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Walks one shard. An iterator that was lost or has expired (Kinesis keeps one for five minutes) is
 * replaced by one at the place reached, never at the place of the start.
 */
final class ShardCursor {

  private final KinesisClient kinesis;
  private final int batchSize;
  private GetShardIteratorRequest place;
  private @Nullable String iterator;

  private ShardCursor(KinesisClient kinesis, int batchSize, GetShardIteratorRequest place) {
    this.kinesis = kinesis;
    this.batchSize = batchSize;
    this.place = place;
  }

  /** At the record a position lies in, or at the oldest record for {@link Position#START}. */
  static ShardCursor at(KinesisClient kinesis, int batchSize, ShardId shard, Position position) {
    GetShardIteratorRequest.Builder place = placeIn(shard);
    return new ShardCursor(
        kinesis,
        batchSize,
        position.equals(Position.START)
            ? place.shardIteratorType(ShardIteratorType.TRIM_HORIZON).build()
            : place
                .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                .startingSequenceNumber(position.sequenceNumber())
                .build());
  }

  /** At the first record that arrived then or later. */
  static ShardCursor since(KinesisClient kinesis, int batchSize, ShardId shard, Instant arrival) {
    return new ShardCursor(
        kinesis,
        batchSize,
        placeIn(shard)
            .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
            .timestamp(arrival)
            .build());
  }

  /** Reads on. Whatever Kinesis throws leaves the cursor where it was. */
  ShardRead read() {
    GetRecordsResponse response;
    try {
      response = getRecords();
    } catch (ExpiredIteratorException expired) {
      iterator = null;
      response = getRecords();
    }
    List<ShardRecord> records = response.records().stream().map(ShardCursor::record).toList();
    if (!records.isEmpty()) {
      place =
          place.toBuilder()
              .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
              .startingSequenceNumber(records.get(records.size() - 1).sequenceNumber())
              .timestamp(null)
              .build();
    }
    iterator = response.nextShardIterator();
    Long behind = response.millisBehindLatest();
    return new ShardRead(records, behind != null && behind > 0, iterator == null);
  }

  private GetRecordsResponse getRecords() {
    if (iterator == null) {
      iterator = kinesis.getShardIterator(place).shardIterator();
    }
    String at = iterator;
    return kinesis.getRecords(get -> get.shardIterator(at).limit(batchSize));
  }

  private static GetShardIteratorRequest.Builder placeIn(ShardId shard) {
    return GetShardIteratorRequest.builder().streamName(shard.stream()).shardId(shard.shard());
  }

  private static ShardRecord record(Record record) {
    return new ShardRecord(
        record.sequenceNumber(),
        record.partitionKey(),
        record.approximateArrivalTimestamp(),
        record.data().asByteArrayUnsafe());
  }
}
