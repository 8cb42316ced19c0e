package routes.deadletter;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
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
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  static final int MAX_MESSAGES = 10_000;

  private final DeadLetterQueue queue;
  private final DeadLetterFilter filter;
  private final int limit;
  private final Map<String, HeldLetter.Receipt> held = new LinkedHashMap<>();
  private final Set<String> letters = new HashSet<>();
  private final long end = System.nanoTime() + TIMEOUT.toNanos();
  private int deleted;
  private int notRemoved;
  private @Nullable String stopped;
  private boolean complete;

  /**
   * @param limit letters that end the scan, at least 1
   */
  QueueScan(DeadLetterQueue queue, DeadLetterFilter filter, int limit) {
    this.queue = queue;
    this.filter = filter;
    this.limit = limit;
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
          queue.receive(Math.min(limit - letters.size(), DeadLetterQueue.CALL));
      complete = received.isEmpty();
      matching =
          received.stream()
              .filter(message -> isNew(message.receipt()))
              .filter(message -> filter.matches(message.letter()))
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

  /** Whether nothing was left that could be seen. */
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
        || letters.size() >= limit
        || scanned() >= MAX_MESSAGES
        || System.nanoTime() >= end;
  }
}
