package routes.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.deadletter.DeadLetter;
import routes.ledger.Position;
import routes.ledger.ShardLedger;

/**
 * A part of a read, sorted.
 *
 * @param rejected what can never be delivered
 * @param lastRejected where the last of that is, or null if there is none
 */
public record Partitioned(
    List<Batch> batches,
    List<DeadLetter> rejected,
    ShardLedger ledger,
    @Nullable Position lastRejected) {

  /** Camel hashes a body each time an expression looks into it. */
  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }
}
