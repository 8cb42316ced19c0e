package routes.retry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things again and again until they succeed, and says meanwhile what is being tried. */
public final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final Backoff BACKOFF =
      Backoff.withJitter(Duration.ofMillis(400), Duration.ofSeconds(10));

  private final InstantSource clock;
  private volatile @Nullable Attempt current;

  public Attempts(InstantSource clock) {
    this.clock = clock;
  }

  /** What is being tried now, or null. */
  public @Nullable Attempt current() {
    return current;
  }

  /**
   * Attempts it until it succeeds.
   *
   * @param what is attempted, such as "read logs/shard-1"
   */
  public <T> T untilDone(String what, Callable<T> task) throws InterruptedException {
    Attempt attempt = new Attempt(what, clock.instant(), null);
    try {
      for (int failures = 1; ; failures++) {
        current = attempt;
        try {
          return task.call();
        } catch (InterruptedException stopped) {
          throw stopped;
        } catch (Exception | Error failure) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          attempt = new Attempt(what, attempt.since(), describe(failure));
          LOG.warn("Cannot {}: {}; trying again", what, attempt.failure());
          current = attempt;
          TimeUnit.NANOSECONDS.sleep(BACKOFF.nanosAfter(failures));
        }
      }
    } finally {
      current = null;
    }
  }

  /** What went wrong, in a sentence. */
  public static String describe(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
