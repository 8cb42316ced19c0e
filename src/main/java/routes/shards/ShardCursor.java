package routes.shards;

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
 * Walks one shard from a position on. An iterator that was lost or has expired (Kinesis keeps one
 * for five minutes) is replaced by one at the place reached, never at the place of the start.
 */
final class ShardCursor {

  private final KinesisClient kinesis;
  private final ShardId shard;
  private final int batchSize;
  private Position reached;
  private @Nullable String iterator;

  ShardCursor(KinesisClient kinesis, ShardId shard, Position from, int batchSize) {
    this.kinesis = kinesis;
    this.shard = shard;
    this.reached = from;
    this.batchSize = batchSize;
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
      reached = Position.endOf(records.get(records.size() - 1).sequenceNumber());
    }
    iterator = response.nextShardIterator();
    Long behind = response.millisBehindLatest();
    return new ShardRead(records, behind != null && behind > 0, iterator == null);
  }

  private GetRecordsResponse getRecords() {
    if (iterator == null) {
      iterator = kinesis.getShardIterator(startingAt(reached)).shardIterator();
    }
    String at = iterator;
    return kinesis.getRecords(get -> get.shardIterator(at).limit(batchSize));
  }

  private GetShardIteratorRequest startingAt(Position position) {
    GetShardIteratorRequest.Builder request =
        GetShardIteratorRequest.builder().streamName(shard.stream()).shardId(shard.shard());
    if (position.equals(Position.START)) {
      return request.shardIteratorType(ShardIteratorType.TRIM_HORIZON).build();
    }
    boolean whole = position.equals(Position.endOf(position.sequenceNumber()));
    return request
        .shardIteratorType(
            whole ? ShardIteratorType.AFTER_SEQUENCE_NUMBER : ShardIteratorType.AT_SEQUENCE_NUMBER)
        .startingSequenceNumber(position.sequenceNumber())
        .build();
  }

  private static ShardRecord record(Record record) {
    return new ShardRecord(
        record.sequenceNumber(),
        record.partitionKey(),
        record.approximateArrivalTimestamp(),
        record.data().asByteArrayUnsafe());
  }
}
