package routes.kinesis.read;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import routes.ledger.Checkpoint;
import routes.stream.ShardStatus;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * How far behind the shards of a stream are while this worker reads none of it: whether or not
 * others do, what has arrived and is not delivered counts. Only {@link #status} may be asked by
 * several threads.
 */
final class UnreadShards {

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** The last record delivered, and the first that is not. */
  private static final int RECORDS = 2;

  private final KinesisClient kinesis;
  private final ShardCheckpoints checkpoints;
  private final Clock clock = Clock.systemUTC();
  private long lookedNanos = System.nanoTime() - LOOK_NANOS;
  private volatile List<ShardStatus> status = List.of();

  UnreadShards(KinesisClient kinesis, ShardCheckpoints checkpoints) {
    this.kinesis = kinesis;
    this.checkpoints = checkpoints;
  }

  List<ShardStatus> status() {
    return status;
  }

  /** Some of the stream is read here, which tells by itself how it stands. */
  void forget() {
    status = List.of();
  }

  /** Looks again, if that was a while ago. */
  void look(StreamShards shards) {
    if (System.nanoTime() - lookedNanos < LOOK_NANOS) {
      return;
    }
    lookedNanos = System.nanoTime();
    List<ShardStatus> seen = new ArrayList<>();
    for (SourceShard shard : shards.all()) {
      lag(shard)
          .ifPresent(
              lag -> seen.add(new ShardStatus(shard.id(), lag, 0, null, shards.retention())));
    }
    status = List.copyOf(seen);
  }

  /** Nothing for a shard that is delivered to its end. */
  private Optional<Duration> lag(SourceShard shard) {
    Checkpoint checkpoint = checkpoints.load(shard.id());
    if (checkpoint.finished()) {
      return Optional.empty();
    }
    ShardRead read = ShardCursor.at(kinesis, RECORDS, shard, checkpoint.delivered()).read();
    Duration behind = Duration.ofMillis(read.behindMillis());
    return Optional.of(
        read.after(checkpoint.delivered()).records().stream()
            .findFirst()
            .map(KinesisRecord::arrival)
            .map(arrival -> Duration.between(arrival, clock.instant()))
            .filter(age -> age.compareTo(behind) > 0)
            .orElse(behind));
  }
}
