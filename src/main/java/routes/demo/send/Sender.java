package routes.demo.send;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import routes.retry.Backoff;

/**
 * Sends batches, several at a time. While the intake refuses or does not answer they are sent again
 * with growing pauses, and whoever has more to send waits. Safe for use by many threads.
 */
public final class Sender implements AutoCloseable {

  private static final int THREADS = 4;
  private static final int WAITING = 32;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(400);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

  /** The intake does not have this path, or does not let us. */
  private static final Set<Integer> NOT_HERE = Set.of(401, 403, 404, 405, 501);

  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(WAITING);
  private final Map<Signal, SignalProgress> progress = new EnumMap<>(Signal.class);
  private final Intake intake;
  private final Backoff backoff;
  private final ExecutorService threads;

  public Sender(Intake intake) {
    this(intake, MAX_PAUSE);
  }

  Sender(Intake intake, Duration maxPause) {
    this.intake = intake;
    this.backoff = Backoff.withJitter(FIRST_PAUSE, maxPause);
    for (Signal signal : Signal.values()) {
      progress.put(signal, new SignalProgress(signal, InstantSource.system()));
    }
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            new ThreadFactoryBuilder().setNameFormat("demo-send-%d").setDaemon(true).build());
    for (int i = 0; i < THREADS; i++) {
      threads.execute(this::run);
    }
  }

  /** Takes a batch, once there is room for it. */
  public void put(Batch batch) throws InterruptedException {
    queue.put(batch);
  }

  /** Batches that wait. */
  public int waiting() {
    return queue.size();
  }

  public List<SignalProgress.View> views() {
    List<SignalProgress.View> views = new ArrayList<>();
    progress.values().forEach(each -> views.add(each.view()));
    return views;
  }

  private void run() {
    try {
      while (true) {
        send(queue.take());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Batch batch) throws InterruptedException {
    SignalProgress own = Objects.requireNonNull(progress.get(batch.signal()));
    for (int attempt = 1; ; attempt++) {
      if (own.isPaused()) {
        own.skipped(batch);
        return;
      }
      Duration pause = attempt(batch, own, attempt);
      if (pause.isZero()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    }
  }

  /** How long to wait until the next attempt; zero when there need not be one. */
  private Duration attempt(Batch batch, SignalProgress own, int attempt)
      throws InterruptedException {
    try {
      Intake.Answer answer = intake.send(batch);
      int status = answer.status();
      String told = "%s answered %s %s".formatted(batch.signal().path(), status, answer.detail());
      if (answer.isSuccess()) {
        own.accepted(batch, answer.rejected(), answer.detail());
      } else if (NOT_HERE.contains(status)) {
        own.paused(batch, told);
      } else if (status >= 500 || status == 429 || status == 408) {
        own.retries(told);
        return pause(attempt, answer.retryAfter());
      } else {
        own.rejected(batch, told);
      }
      return Duration.ZERO;
    } catch (RuntimeException unexpected) {
      // A thread that ended here would be missed by the others.
      own.rejected(batch, "%s could not be sent: %s".formatted(batch.signal().path(), unexpected));
      return Duration.ZERO;
    } catch (IOException unreachable) {
      own.retries("%s does not answer: %s".formatted(intake.url(), unreachable));
      return pause(attempt, Duration.ZERO);
    }
  }

  private Duration pause(int attempt, Duration asked) {
    Duration drawn = Duration.ofNanos(backoff.nanosAfter(attempt));
    return drawn.compareTo(asked) > 0 ? drawn : asked;
  }

  /** Gives up what waits. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
