package routes.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/**
 * How long to wait before the next try: twice as long after every failure in a row, up to a bound.
 *
 * @param first the wait after one failure, at most
 * @param max the longest wait
 * @param jitter picks the wait, given how long it may be at most; both in nanoseconds
 */
public record Backoff(Duration first, Duration max, LongUnaryOperator jitter) {

  private static final int MAX_DOUBLINGS = 10;

  /**
   * Waits of any length up to the bound but none, so that those who failed together do not come
   * back together.
   *
   * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">why
   *     full jitter</a>
   */
  public static Backoff withJitter(Duration first, Duration max) {
    return new Backoff(first, max, longest -> 1 + ThreadLocalRandom.current().nextLong(longest));
  }

  /** For one who has nobody beside him. */
  public static Backoff withoutJitter(Duration first, Duration max) {
    return new Backoff(first, max, longest -> longest);
  }

  /** The wait in nanoseconds after so many failures in a row, one or more. */
  public long nanosAfter(int failures) {
    long doubled = first.toNanos() << Math.min(failures - 1, MAX_DOUBLINGS);
    return jitter.applyAsLong(Math.min(doubled, max.toNanos()));
  }
}
