package routes.intake;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes of all bodies whose requests are not answered yet, as they came and
 * decompressed. Thread-safe.
 */
public final class BodyMemory {

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param limit in bytes
   */
  public BodyMemory(long limit) {
    this.limit = limit;
  }

  /** A share for one request, which holds nothing yet. */
  public Share share() {
    return new Share();
  }

  /** What one request holds. Grows in one thread at a time; released by any. */
  public final class Share {

    private final AtomicLong held = new AtomicLong();

    private Share() {}

    long bytes() {
      return held.get();
    }

    /** Takes so many bytes more; or none, and answers false, where they are not to be had. */
    boolean take(long bytes) {
      if (used.addAndGet(bytes) > limit) {
        used.addAndGet(-bytes);
        return false;
      }
      held.addAndGet(bytes);
      return true;
    }

    /** Gives some of it back. */
    void giveBack(long bytes) {
      held.addAndGet(-bytes);
      used.addAndGet(-bytes);
    }

    /** Gives all of it back; once, however often it is called. */
    public void release() {
      used.addAndGet(-held.getAndSet(0));
    }
  }
}
