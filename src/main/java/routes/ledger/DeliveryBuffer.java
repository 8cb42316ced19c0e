package routes.ledger;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The memory that all records on their way from their shards to the lake may hold together, in
 * bytes. Readers wait while it is full; what was read is always taken, so it may be exceeded by one
 * read per shard.
 */
@ThreadSafe
public final class DeliveryBuffer {

  private static final long RELIEF_AGAIN_MILLIS = 100;

  private final long limit;

  @GuardedBy("this")
  private final Map<ShardLedger, Long> held = new HashMap<>();

  private volatile Runnable relief = () -> {};

  @GuardedBy("this")
  private long used;

  public DeliveryBuffer(long limit) {
    this.limit = limit;
  }

  /** What a reader that finds the buffer full runs before it waits. */
  public void whenFull(Runnable makeRoom) {
    relief = makeRoom;
  }

  /** From now on this ledger's records count. */
  public synchronized void open(ShardLedger ledger) {
    held.put(ledger, 0L);
  }

  /** Gives back all that is held for this ledger's records, whatever becomes of them. */
  public synchronized void abandon(ShardLedger ledger) {
    Long bytes = held.remove(ledger);
    used -= bytes == null ? 0 : bytes;
    notifyAll();
  }

  /** Does nothing for a ledger that was abandoned. */
  public void take(ShardLedger ledger, long bytes) {
    change(ledger, bytes);
  }

  /** Does nothing for a ledger that was abandoned. */
  public void release(ShardLedger ledger, long bytes) {
    change(ledger, -bytes);
  }

  private synchronized void change(ShardLedger ledger, long bytes) {
    if (held.computeIfPresent(ledger, (owner, all) -> all + bytes) != null) {
      used += bytes;
      notifyAll();
    }
  }

  /** Waits until there is room. */
  public void awaitRoom() throws InterruptedException {
    while (isFull()) {
      relief.run();
      awaitRoomFor(RELIEF_AGAIN_MILLIS);
    }
  }

  private synchronized void awaitRoomFor(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis; used >= limit && left > 0; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  public synchronized boolean isFull() {
    return used >= limit;
  }

  public synchronized long used() {
    return used;
  }

  public long limit() {
    return limit;
  }
}
