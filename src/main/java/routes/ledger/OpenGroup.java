package routes.ledger;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The records of one group that were taken from the shard and are not in the lake yet: a run for
 * each batch, in order, however many records that has.
 */
final class OpenGroup {

  /**
   * Records of one batch.
   *
   * @param after what they come after
   * @param arrival when the first of them arrived, or a little earlier
   */
  private record Run(Position after, Position last, Instant arrival) {

    boolean has(Position position) {
      return position.isAfter(after) && !position.isAfter(last);
    }

    Run growTo(Position later) {
      return new Run(after, later, arrival);
    }

    Run dropTo(Position delivered) {
      return new Run(Position.latest(after, delivered), last, arrival);
    }
  }

  private final Deque<Run> runs = new ArrayDeque<>();

  /** Begins a run. */
  void add(Position first, Position last, Instant arrival) {
    runs.addLast(new Run(first.before(), last, arrival));
  }

  /** Lengthens the last run; where that is delivered, these are what is left of its batch. */
  void grow(Position first, Position last, Instant arrival) {
    Run run = runs.pollLast();
    if (run == null) {
      add(first, last, arrival);
    } else {
      runs.addLast(run.growTo(last));
    }
  }

  /** What the first record comes after, with nothing of the group between. */
  Position before() {
    return runs.getFirst().after();
  }

  /** Whether this is a record of the batch that begins first. */
  boolean isOfFirst(Position position) {
    return runs.getFirst().has(position);
  }

  /** When the first record arrived, or a little earlier. */
  Instant arrival() {
    return runs.getFirst().arrival();
  }

  Position last() {
    return runs.getLast().last();
  }

  /** Drops what is delivered and answers whether anything is left. */
  boolean dropTo(Position delivered) {
    while (!runs.isEmpty()) {
      Run first = runs.removeFirst();
      if (first.last().isAfter(delivered)) {
        runs.addFirst(first.dropTo(delivered));
        return true;
      }
    }
    return false;
  }
}
