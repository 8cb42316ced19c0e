package routes.ledger;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker needs to go on with a shard without losing or repeating a record.
 *
 * @param delivered everything up to and including this position is delivered
 * @param arrival when the first record after it arrived, or a little earlier; null before any did
 * @param beyond for each group of which more is delivered: its last delivered position
 * @param uncertainUntil of what had arrived by then, only the objects themselves tell whether they
 *     hold it, as no checkpoint did; null if there always was one
 * @param finished whether the shard is closed and delivered to its end
 * @param account what was counted of that
 */
public record Checkpoint(
    Position delivered,
    @Nullable Instant arrival,
    Map<String, Position> beyond,
    @Nullable Instant uncertainUntil,
    boolean finished,
    Account account) {

  /** Nothing is delivered yet. */
  public static final Checkpoint NONE =
      new Checkpoint(Position.START, null, Map.of(), null, false, Account.NONE);

  public Checkpoint {
    beyond = Map.copyOf(beyond);
  }

  /** The last delivered position of a group. */
  public Position deliveredTo(String group) {
    return Position.latest(delivered, beyond.getOrDefault(group, Position.START));
  }

  /** Whether it says the same as another of what is delivered. */
  public boolean isAsFarAs(@Nullable Checkpoint other) {
    return other != null && equals(other.with(account));
  }

  /** The same with another account. */
  public Checkpoint with(Account counted) {
    return new Checkpoint(delivered, arrival, beyond, uncertainUntil, finished, counted);
  }
}
