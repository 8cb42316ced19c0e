package routes.ledger;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * The memory that the windows of all shards may take together. Each may take what is free, so that
 * one busy shard has all of it; once it is used up, each is granted an equal share, and those that
 * have more give it back.
 */
@ThreadSafe
public final class WindowMemory {

  private final long slots;

  @GuardedBy("this")
  private int tables;

  @GuardedBy("this")
  private long used;

  /**
   * @param bytes a few KB a shard are taken in any case
   */
  public WindowMemory(long bytes) {
    this.slots = bytes / SightingTable.SLOT_BYTES;
  }

  synchronized void open(int first) {
    tables++;
    used += first;
  }

  synchronized void close(int held) {
    tables--;
    used -= held;
  }

  /**
   * Changes how many slots a table has.
   *
   * @param held how many it has
   * @param wanted a power of two, and {@code least} or more
   * @return how many it has from now on, a power of two
   */
  synchronized int resize(int held, int wanted, int least) {
    long most = Math.max(share(), slots - used + held);
    int granted = most <= least ? least : (int) Math.min(wanted, Long.highestOneBit(most));
    used += granted - held;
    return granted;
  }

  /** Whether a table has more than its share while others want theirs. */
  synchronized boolean wantsBack(int held) {
    return used > slots && held > share();
  }

  /** How many bytes all of them take. */
  synchronized long bytes() {
    return used * SightingTable.SLOT_BYTES;
  }

  @GuardedBy("this")
  private long share() {
    return slots / Math.max(1, tables);
  }
}
