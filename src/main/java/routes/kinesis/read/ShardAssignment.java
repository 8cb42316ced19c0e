package routes.kinesis.read;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import routes.ledger.Position;
import routes.retry.Attempt;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * Says which shards of a stream this worker is to read, and is told how that goes. Whether it is
 * right does not decide what ends up in the lake, only who does the work.
 */
@ThreadSafe
public interface ShardAssignment {

  /** Every shard, for a worker that has the stream to itself. */
  ShardAssignment ALL =
      new ShardAssignment() {
        @Override
        public Optional<Set<String>> shards(String stream) {
          return Optional.empty();
        }
      };

  /**
   * The names of the shards to read now, or nothing when it is all of them.
   *
   * @throws IllegalArgumentException when it is about another stream
   */
  Optional<Set<String>> shards(String stream);

  /** What keeps it from saying which shards are whose, as far as anything does. */
  default List<Attempt> failing() {
    return List.of();
  }

  /** What to run as soon as {@link #shards} has changed. */
  default void whenChanged(Runnable look) {}

  /** Whether a shard that is no longer among those to read should be delivered before it goes. */
  default boolean isHandedOver(String shard) {
    return false;
  }

  /** These are being read now, and no others any more. */
  default void settled(Set<String> reading) {}

  /**
   * How it goes with a shard that is being read.
   *
   * @param bytes read since the last time
   * @param delivered all up to here is in the lake, and the checkpoint says so
   */
  default void progress(String shard, long bytes, Position delivered) {}

  /**
   * A shard is closed and all of it is in the lake.
   *
   * @param children the shards it became, one or two
   */
  default void finished(String shard, List<Shard> children) {}
}
