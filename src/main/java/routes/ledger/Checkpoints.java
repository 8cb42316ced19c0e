package routes.ledger;

import com.google.errorprone.annotations.ThreadSafe;

/** Where the readers of a stream keep how far each of its shards is done. */
@ThreadSafe
public interface Checkpoints {

  /**
   * The shard's checkpoint, or {@link Checkpoint#NONE} where none was ever written.
   *
   * @throws IllegalStateException when it cannot be read, or not be continued
   */
  Checkpoint load(ShardId shard);

  /**
   * Writes the shard's checkpoint.
   *
   * @param clean whether nothing is under way any more and the worker stops here
   */
  void save(ShardId shard, Checkpoint checkpoint, boolean clean);
}
