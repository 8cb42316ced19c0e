package routes.kinesis.read;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.envelope.EnvelopeReader;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.record.ParseResult;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;

/**
 * Reads what a stream holds now, as delivery reads it and without any trace: each shard from its
 * oldest record, or from a time on, to its present end. Where others read so much that Kinesis
 * refuses to give more, it waits. Other failures of Kinesis reach the caller.
 */
public final class StreamScan {

  private static final int BATCH_SIZE = 10_000;

  /** Kinesis counts reads and bytes of a shard by the second. */
  private static final long REFUSED_MILLIS = 1_000;

  private final KinesisClient kinesis;
  private final EnvelopeReader envelopes;
  private final StreamShards shards;

  /** Sees the shards that the stream has now. */
  public StreamScan(KinesisClient kinesis, EnvelopeReader envelopes, String stream) {
    this.kinesis = kinesis;
    this.envelopes = envelopes;
    this.shards = StreamShards.list(kinesis, stream);
  }

  /** Takes what a shard holds, in its order. */
  public interface Sink {

    /**
     * Takes one element of a record on the stream.
     *
     * @param arrival when it came, by Kinesis' clock
     * @param result the record, or why it is none
     */
    void take(Position position, Instant arrival, ParseResult result);
  }

  /** All shards, each after those it came from. */
  public List<ShardId> shards() {
    Set<SourceShard> ordered = new LinkedHashSet<>();
    for (SourceShard shard : shards.all()) {
      ordered.addAll(shards.ancestors(shard));
      ordered.add(shard);
    }
    return ordered.stream().map(SourceShard::id).toList();
  }

  /** When the stream was created. */
  public Instant created() {
    return shards.created();
  }

  /** For how long the stream keeps records. */
  public Duration retention() {
    return shards.retention();
  }

  /** The shards that one came from, as far as they are listed. */
  public List<ShardId> ancestors(ShardId shard) {
    return shards.ancestors(source(shard)).stream().map(SourceShard::id).toList();
  }

  /**
   * Reads a shard to its present end.
   *
   * @param since the arrival of the first record to read; null = the oldest there is
   */
  public void read(ShardId shard, @Nullable Instant since, Sink sink) throws InterruptedException {
    SourceShard source = source(shard);
    ShardCursor cursor =
        since == null
            ? ShardCursor.at(kinesis, BATCH_SIZE, source, Position.START)
            : ShardCursor.since(kinesis, BATCH_SIZE, source, since);
    ShardRead read;
    do {
      read = readOn(cursor);
      for (KinesisRecord record : read.records()) {
        envelopes.read(
            record.data(),
            record.arrival(),
            read.hashKeys(),
            (index, bytes, result) ->
                sink.take(new Position(record.sequenceNumber(), index), record.arrival(), result));
      }
    } while (read.isBehind() && !read.end());
  }

  /** The place before the oldest record of a shard, or empty when it has none now. */
  public Optional<Position> beginning(ShardId shard) throws InterruptedException {
    ShardCursor cursor = ShardCursor.at(kinesis, 1, source(shard), Position.START);
    ShardRead read = readOn(cursor);
    while (read.isEmpty() && read.isBehind() && !read.end()) {
      read = readOn(cursor);
    }
    return read.isEmpty()
        ? Optional.empty()
        : Optional.of(new Position(read.first().sequenceNumber(), 0).before());
  }

  private static ShardRead readOn(ShardCursor cursor) throws InterruptedException {
    while (true) {
      try {
        return cursor.read();
      } catch (ProvisionedThroughputExceededException refused) {
        Thread.sleep(REFUSED_MILLIS);
      }
    }
  }

  private SourceShard source(ShardId shard) {
    return shards.all().stream().filter(each -> each.id().equals(shard)).findAny().orElseThrow();
  }
}
