package routes.deadletter;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Scans that change the queue, one after the other until nothing is left that is meant: what one
 * has looked at is hidden for a time within which thousands may not be done with. For one thread.
 */
final class Sweep {

  private final DeadLetterQueue queue;
  private final Predicate<DeadLetter> meant;
  private final IntSupplier left;
  private @Nullable QueueScan open;
  private int scanned;
  private int notRemoved;
  private boolean complete;
  private @Nullable String stopped;

  /**
   * @param meant those that are to be done with, and are not yet
   * @param left how many letters more may be done with
   */
  Sweep(DeadLetterQueue queue, Predicate<DeadLetter> meant, IntSupplier left) {
    this.queue = queue;
    this.meant = meant;
    this.left = left;
  }

  /**
   * Goes on until nothing is left, a scan finds nothing to do, or something fails.
   *
   * @param work what is done with those that are found, a few at a time
   * @param goOn asked again and again
   */
  void run(BiConsumer<QueueScan, List<HeldLetter>> work, BooleanSupplier goOn) {
    int before;
    do {
      before = left.getAsInt();
      try (QueueScan scan = new QueueScan(queue, meant, before, () -> !goOn.getAsBoolean())) {
        open = scan;
        scan.forEachUntilFailure(messages -> work.accept(scan, messages));
        open = null;
        scanned += scan.scanned();
        notRemoved += scan.notRemoved();
        complete = scan.isComplete();
        stopped = scan.stopped();
      }
    } while (!complete
        && stopped == null
        && left.getAsInt() > 0
        && left.getAsInt() < before
        && goOn.getAsBoolean());
  }

  /** How many messages were looked at, some more than once. */
  int scanned() {
    return scanned + (open == null ? 0 : open.scanned());
  }

  /** How many messages SQS did not delete; they come back. */
  int notRemoved() {
    return notRemoved + (open == null ? 0 : open.notRemoved());
  }

  /** Whether nothing was left, neither to be seen nor, as far as SQS knows, held by others. */
  boolean isComplete() {
    return complete;
  }

  /** Why it ended early, or null. */
  @Nullable String stopped() {
    return stopped;
  }
}
