package routes.deadletter;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One look through the dead-letter queue, as SQS allows it: each message that was looked at stays
 * hidden until the scan is over, or it would come up again and again. Bounded in time and messages.
 * For one thread.
 */
final class QueueScan implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueueScan.class);

  /** Shorter than messages are hidden. */
  static final Duration TIMEOUT = Duration.ofSeconds(15);

  /**
   * Longer than a record takes to be published, whose deadline is 20 seconds; well within the time
   * in which copies are recognised in the lake, a minute by default, so that what a killed replay
   * had published but not deleted can be replayed again in time.
   */
  private static final Duration HIDDEN = Duration.ofSeconds(30);

  /** A look may take longer, for it shows what it sees and ends when it is in the way. */
  private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration HIDDEN_FROM_LOOK = Duration.ofSeconds(90);

  static final int MAX_MESSAGES = 10_000;

  /** So often the queue is asked again, a second each, while others hold messages. */
  private static final int PATIENCE = 3;

  private final DeadLetterQueue queue;
  private final Predicate<DeadLetter> filter;
  private final int limit;
  private final BooleanSupplier giveUp;
  private final Map<String, HeldLetter.Receipt> held = new LinkedHashMap<>();
  private final Set<String> letters = new HashSet<>();
  private final Duration hidden;
  private final long end;
  private int deleted;
  private int notRemoved;
  private @Nullable String stopped;
  private int inVain;
  private boolean complete;

  private QueueScan(
      DeadLetterQueue queue,
      Predicate<DeadLetter> filter,
      int limit,
      BooleanSupplier giveUp,
      Duration timeout,
      Duration hidden) {
    this.queue = queue;
    this.filter = filter;
    this.limit = limit;
    this.giveUp = giveUp;
    this.hidden = hidden;
    this.end = System.nanoTime() + timeout.toNanos();
  }

  /**
   * To change what fits a filter.
   *
   * @param limit letters that end the scan, at least 1
   * @param giveUp whether to end it before it is complete, asked again and again
   */
  QueueScan(
      DeadLetterQueue queue, Predicate<DeadLetter> filter, int limit, BooleanSupplier giveUp) {
    this(queue, filter, limit, giveUp, TIMEOUT, HIDDEN);
  }

  /**
   * To look at all.
   *
   * @param giveUp whether to end it before it is complete, asked again and again
   */
  static QueueScan look(DeadLetterQueue queue, BooleanSupplier giveUp) {
    return new QueueScan(
        queue, letter -> true, MAX_MESSAGES, giveUp, LOOK_TIMEOUT, HIDDEN_FROM_LOOK);
  }

  /** Hands on the messages that match, each once, a few at a time, until the scan is over. */
  void forEach(Consumer<List<HeldLetter>> work) {
    for (List<HeldLetter> next = next(); !next.isEmpty(); next = next()) {
      work.accept(next);
    }
  }

  /** The same for work that changes the queue: what stops it early is kept to be told. */
  void forEachUntilFailure(Consumer<List<HeldLetter>> work) {
    try {
      forEach(work);
    } catch (RuntimeException failure) {
      LOG.warn("Replaying or discarding dead letters stopped early", failure);
      stopped = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }
  }

  private List<HeldLetter> next() {
    List<HeldLetter> matching = List.of();
    while (matching.isEmpty() && !isOver()) {
      List<HeldLetter> received =
          queue.receive(Math.min(limit - letters.size(), DeadLetterQueue.AT_ONCE), hidden);
      if (received.isEmpty()) {
        inVain++;
        complete = queue.depth().hidden() <= scanned();
      }
      matching =
          received.stream()
              .filter(message -> isNew(message.receipt()))
              .filter(message -> filter.test(message.letter()))
              .toList();
      matching.forEach(message -> letters.add(message.id()));
    }
    return matching;
  }

  /** Deletes messages and answers with those that SQS has deleted. */
  List<HeldLetter> delete(List<HeldLetter> messages) {
    Set<HeldLetter.Receipt> left =
        queue.delete(messages.stream().map(HeldLetter::receipt).toList());
    List<HeldLetter> gone =
        messages.stream().filter(message -> !left.contains(message.receipt())).toList();
    gone.forEach(message -> held.remove(message.receipt().messageId()));
    deleted += gone.size();
    notRemoved += left.size();
    return gone;
  }

  /** How many messages were looked at. */
  int scanned() {
    return held.size() + deleted;
  }

  /** How many messages SQS did not delete; they come back. */
  int notRemoved() {
    return notRemoved;
  }

  /** Why it ended early, or null. */
  @Nullable String stopped() {
    return stopped;
  }

  /** Whether nothing was left, neither to be seen nor, as far as SQS knows, held by others. */
  boolean isComplete() {
    return complete;
  }

  /** Shows what is left to everybody again. */
  @Override
  public void close() {
    try {
      queue.release(held.values());
    } catch (SdkException failure) {
      LOG.debug("The letters looked at come back when their time is over", failure);
    }
  }

  /** The same message may come up again once its time is over; only the last receipt counts. */
  private boolean isNew(HeldLetter.Receipt receipt) {
    return held.put(receipt.messageId(), receipt) == null;
  }

  private boolean isOver() {
    return complete
        || inVain > PATIENCE
        || giveUp.getAsBoolean()
        || letters.size() >= limit
        || scanned() >= MAX_MESSAGES
        || System.nanoTime() >= end;
  }
}
