package routes.deadletter;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import routes.record.LogRecord;
import routes.record.RecordEditor;
import routes.record.RecordParsers;
import routes.signal.Signal;

/**
 * What an operator does with dead letters: look at them, replay them, discard them. One thing at a
 * time, because each hides from the others the messages it looks at.
 */
@ThreadSafe
public final class DeadLetterService {

  /** Longer than a look at a few letters; a replay is not waited for. */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final ReentrantLock lock = new ReentrantLock(true);
  private final DeadLetterQueue queue;
  private final ClaimChecks claimChecks;
  private final Patcher patcher;
  private final Clock clock;
  private final Replay replay;

  /** When the oldest letter was given up, of those seen since any were taken away. */
  private @Nullable Instant oldest;

  /**
   * @param publish returns once Kinesis has acknowledged all records, or throws
   */
  public DeadLetterService(
      DeadLetterQueue queue,
      ClaimChecks claimChecks,
      RecordParsers parsers,
      RecordEditor editor,
      Consumer<List<LogRecord>> publish,
      Clock clock) {
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
    return alone(
        () -> {
          DeadLetterQueue.Depth depth = queue.depth();
          if (depth.visible() > 0) {
            List<HeldLetter> few = queue.receive(DeadLetterQueue.CALL);
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
   * Looks at dead letters and leaves them where they are.
   *
   * @param limit at most so many, at least 1
   * @param shown at most so many bytes of each record
   * @throws BusyException while somebody else is at it
   * @throws software.amazon.awssdk.core.exception.SdkException when SQS does not answer
   */
  public DeadLetterList list(DeadLetterFilter filter, int limit, int shown) {
    return alone(
        () -> {
          DeadLetterQueue.Depth depth = queue.depth();
          DeadLetterList.Latest latest = new DeadLetterList.Latest(limit, shown);
          // SQS gives them in no order: to know the latest, all are looked at.
          try (QueueScan scan = new QueueScan(queue, filter, QueueScan.MAX_MESSAGES)) {
            scan.forEach(
                messages -> {
                  for (HeldLetter held : messages) {
                    seen(held.letter().at());
                    latest.add(held.letter());
                  }
                });
            return latest.list(scan.scanned(), scan.isComplete(), depth);
          }
        });
  }

  /**
   * Publishes the records of dead letters and deletes each letter once Kinesis has its record.
   *
   * @param limit at most so many letters, at least 1
   * @throws BusyException while somebody else is at it
   */
  public ReplayResult replay(DeadLetterFilter filter, Patch patch, int limit) {
    return alone(
        () -> {
          oldest = null;
          return replay.run(filter, patch, limit);
        });
  }

  /**
   * Deletes dead letters and the bytes kept for them.
   *
   * @param limit at most so many letters, at least 1
   * @throws BusyException while somebody else is at it
   */
  public DiscardResult discard(DeadLetterFilter filter, int limit) {
    return alone(
        () -> {
          oldest = null;
          Set<String> discarded = new HashSet<>();
          Set<Content.ClaimCheck> gone = new HashSet<>();
          try (QueueScan scan = new QueueScan(queue, filter, limit)) {
            scan.forEachUntilFailure(
                messages ->
                    scan.delete(messages)
                        .forEach(
                            message -> {
                              discarded.add(message.id());
                              message.claimCheck().ifPresent(gone::add);
                            }));
            claimChecks.delete(gone);
            return new DiscardResult(
                discarded.size(),
                scan.notRemoved(),
                scan.scanned(),
                scan.isComplete(),
                scan.stopped());
          }
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

  private <T> T alone(Supplier<T> work) {
    try {
      if (!lock.tryLock(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
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
}
