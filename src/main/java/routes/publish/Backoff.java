package routes.publish;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/**
 * How long to wait before the next try: exponential, capped, with full jitter.
 *
 * @param jitter picks a number from 0 to the given bound, both included
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">why full
 *     jitter</a>
 */
record Backoff(LongUnaryOperator jitter) {

  private static final long BASE_NANOS = Duration.ofMillis(50).toNanos();
  private static final long CAP_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int MAX_DOUBLINGS = 10;

  static Backoff random() {
    return new Backoff(bound -> ThreadLocalRandom.current().nextLong(bound + 1));
  }

  /** The wait in nanoseconds after so many failures in a row, one or more. */
  long nanosAfter(int failures) {
    long doubled = BASE_NANOS << Math.min(failures - 1, MAX_DOUBLINGS);
    return jitter.applyAsLong(Math.min(doubled, CAP_NANOS));
  }
}
