package routes.retry;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things again and again until they succeed, and says meanwhile what is being tried. */
public final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final InstantSource clock;
  private final Backoff backoff = new Backoff();
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
      while (true) {
        current = attempt;
        try {
          T result = task.call();
          backoff.reset();
          return result;
        } catch (InterruptedException stopped) {
          throw stopped;
        } catch (Exception | Error failure) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          attempt = new Attempt(what, attempt.since(), describe(failure));
          LOG.warn("Cannot {}: {}; trying again", what, attempt.failure());
          current = attempt;
          backoff.pause();
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
