package routes.ledger;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The records of one group that were taken from the shard and are not in the lake yet, in order.
 */
final class OpenGroup {

  private record Run(Positions positions, Instant arrival) {}

  private final Deque<Run> runs = new ArrayDeque<>();
  private int from;

  void add(Positions positions, Instant arrival) {
    runs.addLast(new Run(positions, arrival));
  }

  Position first() {
    return runs.getFirst().positions().get(from);
  }

  /** When the first record arrived, or a little earlier. */
  Instant arrival() {
    return runs.getFirst().arrival();
  }

  Position last() {
    return runs.getLast().positions().last();
  }

  /** Drops what is delivered and answers whether anything is left. */
  boolean dropTo(Position delivered) {
    while (!runs.isEmpty()) {
      Positions run = runs.getFirst().positions();
      from = Math.max(from, run.countTo(delivered));
      if (from < run.count()) {
        return true;
      }
      runs.removeFirst();
      from = 0;
    }
    return false;
  }
}
