package routes.http;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what all requests that are not answered yet take in memory: their bodies as they came and
 * decompressed, and what those are taken apart into.
 */
@ThreadSafe
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

    /**
     * Takes so many bytes more.
     *
     * @throws HttpProblem 413 when the request could not have them if it were alone, else 429
     */
    public void require(long bytes) {
      if (!take(bytes)) {
        throw held.get() + bytes > limit
            ? HttpProblem.tooLarge(
                "The body takes more than %s bytes once it is taken apart into records; send it in parts"
                    .formatted(limit))
            : HttpProblem.busy(
                "There is no memory for the request beside those that are not answered yet;"
                    + " send it again later");
      }
    }

    /** Gives some of it back. */
    public void giveBack(long bytes) {
      held.addAndGet(-bytes);
      used.addAndGet(-bytes);
    }

    /** Gives all of it back; once, however often it is called. */
    public void release() {
      used.addAndGet(-held.getAndSet(0));
    }
  }
}
