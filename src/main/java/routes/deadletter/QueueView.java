package routes.deadletter;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import routes.deadletter.DeadLetterList.Item;

/**
 * The dead letters that one scan of the queue has come upon so far. SQS gives them in no order: the
 * latest of all are known when the scan is over.
 */
@ThreadSafe
final class QueueView {

  private static final Comparator<Item> LATEST_FIRST =
      Comparator.comparing((Item item) -> item.letter().at())
          .reversed()
          .thenComparing(item -> item.letter().id());

  private final int shown;

  @GuardedBy("this")
  private DeadLetterQueue.Depth depth = new DeadLetterQueue.Depth(0, 0);

  @GuardedBy("this")
  private final Map<String, Item> items = new HashMap<>();

  @GuardedBy("this")
  private int scanned;

  @GuardedBy("this")
  private boolean complete;

  @GuardedBy("this")
  private boolean looking = true;

  /**
   * @param shown at most so many bytes of each record are kept
   */
  QueueView(int shown) {
    this.shown = shown;
  }

  /**
   * @param depth of the queue before the scan
   */
  synchronized void begin(DeadLetterQueue.Depth depth) {
    this.depth = depth;
  }

  /** Each copy of a letter; they are one. */
  synchronized void add(List<HeldLetter> messages, int scanned) {
    for (HeldLetter message : messages) {
      items.merge(message.id(), Item.of(message.letter(), shown), Item::and);
    }
    this.scanned = scanned;
  }

  synchronized void end(QueueScan scan) {
    scanned = scan.scanned();
    complete = scan.isComplete();
    looking = false;
  }

  /**
   * Some of those that fit a filter, the latest first.
   *
   * @param offset so many later ones are left out, 0 or more
   * @param limit at most so many, at least 1
   */
  synchronized DeadLetterList list(DeadLetterFilter filter, int offset, int limit) {
    List<Item> all =
        items.values().stream()
            .filter(item -> filter.matches(item.letter()))
            .sorted(LATEST_FIRST)
            .toList();
    Map<String, Integer> byReason = new TreeMap<>();
    Map<String, Integer> byService = new TreeMap<>();
    for (Item item : all) {
      byReason.merge(item.letter().reason(), 1, Integer::sum);
      byService.merge(Objects.requireNonNullElse(item.letter().service(), ""), 1, Integer::sum);
    }
    return new DeadLetterList(
        all.stream().skip(offset).limit(limit).toList(),
        all.size(),
        byReason,
        byService,
        scanned,
        complete,
        looking,
        depth);
  }
}
