package routes.deadletter;

import com.google.common.base.Throwables;
import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import routes.record.LogRecord;
import routes.record.RecordEditor;
import routes.record.RecordParsers;
import routes.signal.Signal;

/**
 * What an operator does with dead letters: look at them, replay them, discard them. One thing at a
 * time, because each hides from the others the messages it looks at; a look is shared by all who
 * ask for one, and ends early for who wants to change something.
 */
@ThreadSafe
public final class DeadLetterService {

  /** Longer than a look at a few letters; a replay is not waited for. */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** Longer than a look takes to give back all that it holds. */
  private static final Duration LONG_TIMEOUT = Duration.ofSeconds(20);

  /** Enough of each record to see what is wrong; {@link QueueScan#MAX_MESSAGES} are in memory. */
  private static final int SHOWN_BYTES = 1024;

  /** What a look has seen is forgotten after this. */
  public static final Duration MAX_AGE = Duration.ofSeconds(60);

  private final ReentrantLock lock = new ReentrantLock(true);

  /** How many wait to change something, or do so. */
  private final AtomicInteger changes = new AtomicInteger();

  private final DeadLetterQueue queue;
  private final ClaimChecks claimChecks;
  private final Patcher patcher;
  private final Clock clock;
  private final Replay replay;
  private final Executor looks;

  /** The latest look at the whole queue, if nothing was changed since. */
  @GuardedBy("this")
  private @Nullable Look look;

  /** When the oldest letter was given up, of those seen since any were taken away. */
  private @Nullable Instant oldest;

  /**
   * @param publish returns once Kinesis has acknowledged all records, or throws
   * @param looks where looks at the whole queue run
   */
  public DeadLetterService(
      DeadLetterQueue queue,
      ClaimChecks claimChecks,
      RecordParsers parsers,
      RecordEditor editor,
      Consumer<List<LogRecord>> publish,
      Clock clock,
      Executor looks) {
    this.looks = looks;
    this.queue = queue;
    this.claimChecks = claimChecks;
    this.patcher = new Patcher(parsers, editor);
    this.clock = clock;
    this.replay =
        new Replay(
            queue,
            claimChecks,
            new DeadLetters(claimChecks, parsers.of(Signal.LOGS)),
            parsers,
            patcher,
            publish,
            clock);
  }

  /** Why no record at all could become acceptable by a patch, or empty. */
  public Optional<String> objection(Patch patch) {
    return patcher.objection(patch, clock.instant());
  }

  /**
   * How much waits, and since when at least, for SQS shows any few of many.
   *
   * @throws BusyException while somebody else is at it
   * @throws software.amazon.awssdk.core.exception.SdkException when SQS does not answer
   */
  Waiting waiting() {
    forgetLook(MAX_AGE);
    return alone(
        TIMEOUT,
        () -> {
          DeadLetterQueue.Depth depth = queue.depth();
          if (depth.visible() > 0) {
            List<HeldLetter> few = queue.receive(DeadLetterQueue.CALL, TIMEOUT);
            few.forEach(held -> seen(held.letter().at()));
            queue.release(few.stream().map(HeldLetter::receipt).toList());
          } else if (depth.hidden() == 0) {
            oldest = null;
          }
          return new Waiting(depth.visible() + depth.hidden(), oldest);
        });
  }

  private void seen(Instant at) {
    oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
  }

  /**
   * What lies on the queue.
   *
   * @param letters copies included and roughly, as SQS puts it
   * @param oldest when the oldest known was given up; null when none is known
   */
  record Waiting(long letters, @Nullable Instant oldest) {}

  /**
   * Looks at dead letters and leaves them where they are: at some of those of the latest look, or
   * of a new one.
   *
   * @param filter those that are meant
   * @param offset so many later ones are left out, 0 or more
   * @param limit at most so many, at least 1
   * @param maxAge a look that began longer ago does not do; {@link #MAX_AGE} at most
   * @param wait how long to wait for the look's end; what it has seen until then is answered
   * @throws BusyException while somebody else is at it
   * @throws software.amazon.awssdk.core.exception.SdkException when SQS does not answer
   */
  public DeadLetterList list(
      DeadLetterFilter filter, int offset, int limit, Duration maxAge, Duration wait) {
    return look(maxAge).view(wait).list(filter, offset, limit);
  }

  /**
   * Looks at dead letters with all bytes of their records.
   *
   * @param limit at most so many, at least 1
   * @throws BusyException while somebody else is at it
   * @throws software.amazon.awssdk.core.exception.SdkException when SQS does not answer
   */
  public DeadLetterList whole(DeadLetterFilter filter, int limit) {
    return alone(
        LONG_TIMEOUT,
        () -> {
          QueueView view = new QueueView(Integer.MAX_VALUE);
          view.begin(queue.depth());
          try (QueueScan scan =
              new QueueScan(queue, filter::matches, QueueScan.MAX_MESSAGES, () -> false)) {
            scan.forEach(messages -> view.add(messages, scan.scanned()));
            view.end(scan);
          }
          return view.list(filter, 0, limit);
        });
  }

  private synchronized Look look(Duration maxAge) {
    Look latest = look;
    if (latest == null || !latest.isYoungerThan(maxAge)) {
      latest = new Look();
      looks.execute(latest);
      look = latest;
    }
    return latest;
  }

  private synchronized void forgetLook(Duration age) {
    if (look != null && !look.isYoungerThan(age)) {
      look = null;
    }
  }

  /**
   * Publishes the records of dead letters and deletes each letter once Kinesis has its record, for
   * some seconds at most.
   *
   * @param limit at most so many letters, at least 1
   * @throws BusyException while somebody else is at it
   */
  public ReplayResult replay(DeadLetterFilter filter, Patch patch, int limit) {
    return replay(filter, patch, limit, forSomeSeconds());
  }

  /**
   * The same until nothing is left.
   *
   * @param goOn is told of what became of them so far, again and again, and whether to go on
   */
  public ReplayResult replay(
      DeadLetterFilter filter, Patch patch, int limit, Predicate<ReplayResult> goOn) {
    return change(() -> replay.run(filter, patch, limit, goOn));
  }

  private static <T> Predicate<T> forSomeSeconds() {
    long end = System.nanoTime() + QueueScan.TIMEOUT.toNanos();
    return soFar -> System.nanoTime() < end;
  }

  /**
   * Deletes dead letters and the bytes kept for them, for some seconds at most.
   *
   * @param limit at most so many letters, at least 1
   * @throws BusyException while somebody else is at it
   */
  public DiscardResult discard(DeadLetterFilter filter, int limit) {
    return discard(filter, limit, forSomeSeconds());
  }

  /**
   * The same until nothing is left.
   *
   * @param goOn is told of what became of them so far, again and again, and whether to go on
   */
  public DiscardResult discard(DeadLetterFilter filter, int limit, Predicate<DiscardResult> goOn) {
    return change(
        () -> {
          Set<String> discarded = new HashSet<>();
          Set<Content.ClaimCheck> gone = new HashSet<>();
          Sweep sweep = new Sweep(queue, filter::matches, () -> limit - discarded.size());
          Supplier<DiscardResult> soFar =
              () ->
                  new DiscardResult(
                      discarded.size(),
                      sweep.notRemoved(),
                      sweep.scanned(),
                      sweep.isComplete(),
                      sweep.stopped());
          sweep.run(
              (scan, messages) ->
                  scan.delete(messages)
                      .forEach(
                          message -> {
                            discarded.add(message.id());
                            message.claimCheck().ifPresent(gone::add);
                          }),
              () -> goOn.test(soFar.get()));
          claimChecks.delete(gone);
          return soFar.get();
        });
  }

  /**
   * What became of dead letters that were to be replayed.
   *
   * @param replayed letters whose record Kinesis has acknowledged
   * @param invalid letters that are still no acceptable records; they stay, with one attempt more
   * @param missing letters whose bytes are gone from the bucket; they stay
   * @param notRemoved messages that were done with and that SQS did not delete; they come back
   * @param scanned messages looked at
   * @param complete whether nothing was left to look at; else there may be more to replay
   * @param stopped why it ended early, or null
   */
  public record ReplayResult(
      int replayed,
      int invalid,
      int missing,
      int notRemoved,
      int scanned,
      boolean complete,
      @Nullable String stopped) {}

  /**
   * What became of dead letters that were to be discarded.
   *
   * @param discarded letters that are gone
   * @param notRemoved messages that SQS did not delete; they come back
   * @param scanned messages looked at
   * @param complete whether nothing was left to look at; else there may be more to discard
   * @param stopped why it ended early, or null
   */
  public record DiscardResult(
      int discarded, int notRemoved, int scanned, boolean complete, @Nullable String stopped) {}

  /** Somebody else is looking at the dead letters, replaying or discarding them. */
  public static final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BusyException() {
      super("The dead letters are being listed, replayed or discarded; try again in a while");
    }
  }

  private <T> T change(Supplier<T> work) {
    changes.incrementAndGet();
    try {
      return alone(
          LONG_TIMEOUT,
          () -> {
            oldest = null;
            try {
              return work.get();
            } finally {
              forgetLook(Duration.ZERO);
            }
          });
    } finally {
      changes.decrementAndGet();
    }
  }

  private <T> T alone(Duration timeout, Supplier<T> work) {
    try {
      if (!lock.tryLock(timeout.toSeconds(), TimeUnit.SECONDS)) {
        throw new BusyException();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new BusyException();
    }
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** A look at the whole queue. */
  private final class Look implements Runnable {

    private final Instant begun = clock.instant();
    private final QueueView view = new QueueView(SHOWN_BYTES);
    private final CompletableFuture<QueueView> end = new CompletableFuture<>();

    @Override
    public void run() {
      try {
        alone(TIMEOUT, this::scan);
      } catch (RuntimeException | Error failure) {
        end.completeExceptionally(failure);
      }
    }

    private QueueView scan() {
      view.begin(queue.depth());
      try (QueueScan scan = QueueScan.look(queue, () -> changes.get() > 0)) {
        scan.forEach(
            messages -> {
              messages.forEach(held -> seen(held.letter().at()));
              view.add(messages, scan.scanned());
            });
        view.end(scan);
        // Who waits for it need not wait until all is given back.
        end.complete(view);
      }
      return view;
    }

    /** What it has seen after so long. */
    QueueView view(Duration wait) {
      try {
        return end.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException goesOn) {
        return view;
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new BusyException();
      } catch (ExecutionException failed) {
        Throwables.throwIfUnchecked(Objects.requireNonNull(failed.getCause()));
        throw new IllegalStateException(failed);
      }
    }

    /** Whether it goes on, or began less than so long ago. */
    boolean isYoungerThan(Duration age) {
      return !end.isDone()
          || (!end.isCompletedExceptionally() && begun.plus(age).isAfter(clock.instant()));
    }
  }
}
