package routes.ledger;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The records of one group that were taken from the shard and are not in the lake yet, in order.
 */
final class OpenGroup {

  private final Deque<Position[]> runs = new ArrayDeque<>();
  private int from;

  void add(Position[] positions) {
    runs.addLast(positions);
  }

  Position first() {
    return runs.getFirst()[from];
  }

  Position last() {
    Position[] run = runs.getLast();
    return run[run.length - 1];
  }

  /** Drops what is delivered and answers whether anything is left. */
  boolean dropTo(Position delivered) {
    while (!runs.isEmpty()) {
      Position[] run = runs.getFirst();
      while (from < run.length) {
        if (run[from].isAfter(delivered)) {
          return true;
        }
        from++;
      }
      runs.removeFirst();
      from = 0;
    }
    return false;
  }
}
