package routes.inbox;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.retry.Backoff;

/**
 * Reads an inbox until it is stopped: every file in turn, a batch of lines each, so that none holds
 * up the others.
 */
final class InboxReader implements Runnable {

  /** Opens the inbox. */
  interface Opening {
    Inbox open() throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(InboxReader.class);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

  private final Opening opening;
  private final Inbox.Route route;
  private final long pollMillis;
  private final Consumer<InboxStatus> status;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Warnings warnings = new Warnings(LOG, System::nanoTime);
  private String trouble = "";

  /**
   * @param pollMillis between two looks while there is nothing to read
   * @param status is told how things are after each look
   */
  InboxReader(Opening opening, Inbox.Route route, long pollMillis, Consumer<InboxStatus> status) {
    this.opening = opening;
    this.route = route;
    this.pollMillis = pollMillis;
    this.status = status;
  }

  /** Ends the reading after the lines at hand. */
  void stop() {
    stopped.countDown();
  }

  @Override
  public void run() {
    try {
      Backoff backoff = Backoff.withoutJitter(Duration.ofMillis(2 * pollMillis), MAX_PAUSE);
      int failures = 0;
      do {
        try (Inbox inbox = opening.open()) {
          failures = 0;
          read(inbox);
        } catch (IOException | RuntimeException | Error failure) {
          // Whatever it is, such as no memory for a moment: this thread reads all files there are.
          report(failure);
          failures++;
        }
      } while (!pause(failures == 0 ? 0 : backoff.nanosAfter(failures)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(Inbox inbox) throws IOException, InterruptedException {
    boolean more;
    do {
      more = false;
      for (FollowedFile file : inbox.look()) {
        more |= !isStopped() && turn(inbox, file);
      }
      trouble = "";
      status.accept(inbox.status());
    } while (!pause(more ? 0 : TimeUnit.MILLISECONDS.toNanos(pollMillis)));
  }

  private boolean turn(Inbox inbox, FollowedFile file) {
    String before = file.trouble();
    String kind;
    try {
      return inbox.turn(file, route);
    } catch (NoSuchFileException gone) {
      // Renamed or deleted since the last look; the next one shows it as it is then.
      return false;
    } catch (EOFException | ZipException | Inbox.UnreadableException damaged) {
      // Each such file is a matter of its own.
      kind = file.state().path().toString();
      file.damaged(describe(damaged));
    } catch (Exception failure) {
      kind = kindOf(failure);
      file.failed(describe(failure), System.nanoTime());
    }
    if (!isStopped() && !Objects.equals(before, file.trouble())) {
      warnings.tell(kind, "%s waits: %s".formatted(file.state().path(), file.trouble()));
    }
    return false;
  }

  private void report(Throwable failure) {
    String now = describe(failure);
    status.accept(InboxStatus.ofTrouble(now));
    if (!now.equals(trouble)) {
      warnings.tell("inbox " + kindOf(failure), "The inbox waits: " + now);
    }
    trouble = now;
  }

  /** The same for all files that fail for one reason, such as a full disk. */
  private static String kindOf(Throwable failure) {
    String reason =
        failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
    return failure.getClass().getName() + ": " + reason;
  }

  private static String describe(Throwable failure) {
    return failure.getMessage() == null || failure instanceof AccessDeniedException
        ? failure.toString()
        : failure.getMessage();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Answers whether it is time to stop. */
  private boolean pause(long nanos) throws InterruptedException {
    return stopped.await(nanos, TimeUnit.NANOSECONDS);
  }
}
