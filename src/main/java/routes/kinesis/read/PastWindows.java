package routes.kinesis.read;

import com.google.common.util.concurrent.Striped;
import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import routes.ledger.DuplicateWindow;
import routes.ledger.ShardId;

/**
 * What arrived lately in shards that are delivered to their end, for the shards that came from them
 * to recognise copies: so that each is read once, however many generations follow. What does not
 * fit is read again.
 */
@ThreadSafe
final class PastWindows {

  private static final int LOCKS = 256;

  private final long maxBytes;

  @GuardedBy("this")
  private final Map<ShardId, Past> byShard = new LinkedHashMap<>();

  private final Striped<Lock> looking = Striped.lock(LOCKS);

  @GuardedBy("this")
  private long bytes;

  /**
   * What was seen in a shard, never to be changed again.
   *
   * @param since of what arrived from then on
   * @param shards in which else it was seen, itself included
   */
  record Past(DuplicateWindow window, Instant since, Set<ShardId> shards) {}

  /**
   * @param maxBytes the memory that all of them may take
   */
  PastWindows(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized void put(ShardId shard, Past past) {
    forget(byShard.remove(shard));
    byShard.put(shard, past);
    bytes += past.window().bytes();
    Iterator<Past> oldest = byShard.values().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      Past dropped = oldest.next();
      oldest.remove();
      forget(dropped);
    }
  }

  /** To be held while a shard is looked through, lest several readers do so at once. */
  Lock lock(ShardId shard) {
    return looking.get(shard);
  }

  /** What was seen of the shard if that reaches back to there. */
  synchronized Optional<Past> of(ShardId shard, Instant since) {
    return Optional.ofNullable(byShard.get(shard)).filter(past -> !past.since().isAfter(since));
  }

  @GuardedBy("this")
  private void forget(@Nullable Past past) {
    bytes -= past == null ? 0 : past.window().bytes();
  }
}
