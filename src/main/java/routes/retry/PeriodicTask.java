package routes.retry;

import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something done now and then, of which a failure only means that it is done later. */
public final class PeriodicTask {

  /** What is done; interrupted, it is left undone because the process stops. */
  public interface Task {
    void run() throws InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);

  private final InstantSource clock;
  private volatile @Nullable Attempt failing;

  public PeriodicTask(InstantSource clock) {
    this.clock = clock;
  }

  /** What has been failing, or nothing when it was done the last time. */
  public Optional<Attempt> failing() {
    return Optional.ofNullable(failing);
  }

  /** Does it, or notes that it is late. */
  public void run(String what, Task task) {
    try {
      task.run();
      failing = null;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException late) {
      Attempt before = failing;
      Attempt attempt =
          new Attempt(
              what,
              before == null ? clock.instant() : before.since(),
              String.valueOf(late.getMessage()));
      LOG.warn("Cannot {}: {}; trying again", what, attempt.failure());
      failing = attempt;
    }
  }
}
