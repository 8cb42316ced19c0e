package routes.memory;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A bound on bytes in memory, handed out in order of arrival. Safe for use by any thread. */
public final class ByteBudget {

  private final int limit;
  private final Semaphore free;

  /**
   * @param limit in bytes
   */
  public ByteBudget(int limit) {
    this.limit = limit;
    this.free = new Semaphore(limit, true);
  }

  /**
   * Takes room for so many bytes, waiting until there is some. Who needs more than there is in all
   * gets all of it, or would wait for ever.
   *
   * @return null when the time is over
   */
  public @Nullable Reservation reserve(long bytes, long timeoutNanos) throws InterruptedException {
    int share = (int) Math.min(bytes, limit);
    return free.tryAcquire(share, timeoutNanos, TimeUnit.NANOSECONDS)
        ? new Reservation(share)
        : null;
  }

  /** True when all room is taken or somebody waits for more than is left. */
  public boolean isExhausted() {
    return free.availablePermits() == 0 || free.hasQueuedThreads();
  }

  /** Bytes taken now. */
  public int used() {
    return limit - free.availablePermits();
  }

  /** Bytes there are in all. */
  public int limit() {
    return limit;
  }

  /** Room that was taken. */
  public final class Reservation {

    private int bytes;
    private final AtomicBoolean released = new AtomicBoolean();

    private Reservation(int bytes) {
      this.bytes = bytes;
    }

    /**
     * Hands on so many of its bytes, or those that are left, to be given back on their own. Not
     * thread-safe.
     */
    public Reservation part(long bytes) {
      int share = (int) Math.min(bytes, this.bytes);
      this.bytes -= share;
      return new Reservation(share);
    }

    /** Gives the room back; once, however often it is called. */
    public void release() {
      if (released.compareAndSet(false, true)) {
        free.release(bytes);
      }
    }
  }
}
