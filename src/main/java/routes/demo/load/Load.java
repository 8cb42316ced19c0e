package routes.demo.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import routes.demo.send.Batch;
import routes.demo.send.Intake;

/**
 * An open loop: every request has a time at which it is due, whatever became of those before it,
 * and its latency counts from then. So a server that stands still for a second is seen to have made
 * all wait that came in that second (what is called coordinated omission where it is not).
 */
final class Load {

  /** Beyond that many requests without an answer the next ones wait, which their latency shows. */
  private static final int MAX_IN_FLIGHT = 512;

  private final LoadOptions options;
  private final LoadReport report = new LoadReport();
  private final Semaphore room;
  private final Phaser open = new Phaser(1);

  Load(LoadOptions options) {
    this(options, MAX_IN_FLIGHT);
  }

  Load(LoadOptions options, int maxInFlight) {
    this.options = options;
    room = new Semaphore(maxInFlight);
  }

  /** Runs until the last answer; how long that took. */
  Duration run() throws InterruptedException {
    Intake intake = new Intake(options.url(), options.key(), Optional.empty());
    try (LoadSource source = new LoadSource(options, Instant.now())) {
      Batch batch = source.take();
      long start = System.nanoTime();
      long records = 0;
      while (true) {
        long due = start + (long) (records / options.rate() * 1e9);
        if (due - start >= options.duration().toNanos()) {
          break;
        }
        waitUntil(due);
        send(intake, batch, due);
        records += batch.records();
        batch = source.take();
      }
      open.arriveAndAwaitAdvance();
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  LoadReport report() {
    return report;
  }

  private void send(Intake intake, Batch batch, long due) throws InterruptedException {
    room.acquire();
    open.register();
    long sent = System.nanoTime();
    intake
        .sendLater(batch)
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                report.answered(batch, answer, due, sent, System.nanoTime());
              } else {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                report.failed(batch, cause.getClass().getSimpleName());
              }
              room.release();
              open.arriveAndDeregister();
            });
  }

  private static void waitUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
    }
  }
}
