package routes.shards;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things again and again until they succeed, and says what is in the way meanwhile. */
final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final Backoff backoff = new Backoff();
  private volatile @Nullable String trouble;

  /** What keeps things from going on, as one line, or null while nothing does. */
  @Nullable String trouble() {
    return trouble;
  }

  /**
   * Attempts it until it succeeds.
   *
   * @param what is attempted, such as "read logs/shard-1"
   */
  <T> T untilDone(String what, Callable<T> attempt) throws InterruptedException {
    while (true) {
      try {
        T result = attempt.call();
        backoff.reset();
        trouble = null;
        return result;
      } catch (InterruptedException stopped) {
        throw stopped;
      } catch (Exception | OutOfMemoryError | StackOverflowError failure) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        trouble = "Cannot %s: %s".formatted(what, failure.getMessage());
        LOG.warn("{}; trying again", trouble);
        backoff.pause();
      }
    }
  }
}
