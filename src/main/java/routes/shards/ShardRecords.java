package routes.shards;

import java.util.List;
import routes.ledger.DuplicateWindow;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;

/**
 * A part of what one {@code GetRecords} call brought, small enough to be worked on at once: the
 * body of an exchange of {@code kinesis-shards}.
 *
 * @param ledger where delivery of this shard is accounted for
 * @param window which records were seen lately
 * @param records in shard order
 * @param rejections in shard order
 */
public record ShardRecords(
    ShardId shard,
    ShardLedger ledger,
    DuplicateWindow window,
    List<ShardRecord> records,
    List<ShardRejection> rejections) {

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
