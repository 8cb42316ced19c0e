package routes.kinesis.read;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.ledger.Position;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Walks one shard. An iterator that was lost or has expired (Kinesis keeps one for five minutes) is
 * replaced by one at the place reached, never at the place of the start.
 */
final class ShardCursor {

  private final KinesisClient kinesis;
  private final int batchSize;
  private final SourceShard shard;
  private GetShardIteratorRequest place;
  private @Nullable String iterator;

  private ShardCursor(
      KinesisClient kinesis, int batchSize, SourceShard shard, GetShardIteratorRequest place) {
    this.kinesis = kinesis;
    this.batchSize = batchSize;
    this.shard = shard;
    this.place = place;
  }

  /** At the record a position lies in, or at the oldest record for {@link Position#START}. */
  static ShardCursor at(
      KinesisClient kinesis, int batchSize, SourceShard shard, Position position) {
    GetShardIteratorRequest.Builder place = placeIn(shard);
    return new ShardCursor(
        kinesis,
        batchSize,
        shard,
        position.equals(Position.START)
            ? place.shardIteratorType(ShardIteratorType.TRIM_HORIZON).build()
            : place
                .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                .startingSequenceNumber(position.sequenceNumber())
                .build());
  }

  /** At the first record that arrived then or later. */
  static ShardCursor since(
      KinesisClient kinesis, int batchSize, SourceShard shard, Instant arrival) {
    return new ShardCursor(
        kinesis,
        batchSize,
        shard,
        placeIn(shard)
            .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
            .timestamp(arrival)
            .build());
  }

  /** Reads on. Whatever Kinesis throws leaves the cursor where it was. */
  ShardRead read() {
    ReadAnswer answer;
    boolean renewed = false;
    try {
      answer = getRecords();
    } catch (ExpiredIteratorException expired) {
      iterator = null;
      renewed = true;
      answer = getRecords();
    }
    moveOn(answer.records(), answer.next());
    return new ShardRead(
        answer.records(), shard.hashKeys(), answer.behindMillis(), iterator == null, renewed);
  }

  /** Goes on after what another read at the same place. */
  void follow(SharedReads.Answer read) {
    moveOn(read.read().records(), read.next());
  }

  /** Where it reads on: as another's that is there too. */
  SharedReads.Place place() {
    return new SharedReads.Place(shard.id(), place);
  }

  /** What it reads on with; null where it has to ask for one, or the shard is read to its end. */
  @Nullable String iterator() {
    return iterator;
  }

  private void moveOn(List<KinesisRecord> records, @Nullable String next) {
    if (!records.isEmpty()) {
      place =
          place.toBuilder()
              .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
              .startingSequenceNumber(records.get(records.size() - 1).sequenceNumber())
              .timestamp(null)
              .build();
    }
    iterator = next;
  }

  private ReadAnswer getRecords() {
    if (iterator == null) {
      iterator = kinesis.getShardIterator(place).shardIterator();
    }
    return ReadAnswer.of(
        kinesis, GetRecordsRequest.builder().shardIterator(iterator).limit(batchSize).build());
  }

  private static GetShardIteratorRequest.Builder placeIn(SourceShard shard) {
    return GetShardIteratorRequest.builder()
        .streamName(shard.id().stream())
        .shardId(shard.id().shard());
  }
}
