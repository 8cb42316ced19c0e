package routes.ledger;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The records of one group that were taken from the shard and are not in the lake yet, in order.
 */
final class OpenGroup {

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Run(Position[] positions, Instant arrival) {}

  private final Deque<Run> runs = new ArrayDeque<>();
  private int from;

  void add(Position[] positions, Instant arrival) {
    runs.addLast(new Run(positions, arrival));
  }

  Position first() {
    return runs.getFirst().positions()[from];
  }

  /** When the first record arrived, or a little earlier. */
  Instant arrival() {
    return runs.getFirst().arrival();
  }

  Position last() {
    Position[] run = runs.getLast().positions();
    return run[run.length - 1];
  }

  /** Drops what is delivered and answers whether anything is left. */
  boolean dropTo(Position delivered) {
    while (!runs.isEmpty()) {
      Position[] run = runs.getFirst().positions();
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
