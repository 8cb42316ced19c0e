package routes.stream;

import java.util.ArrayList;
import java.util.List;
import routes.ledger.DuplicateWindow;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.record.LogRecord;

/**
 * A part of what one read of a shard brought, small enough to be worked on at once: the body of an
 * exchange.
 *
 * @param ledger where delivery of this shard is accounted for
 * @param window which records were seen lately
 * @param records in shard order
 * @param rejections in shard order
 */
public record StreamRead(
    ShardId shard,
    ShardLedger ledger,
    DuplicateWindow window,
    List<StreamRecord> records,
    List<StreamRejection> rejections) {

  /** The records less the copies, which the window then knows; the same when asked again. */
  public List<StreamRecord> withoutCopies() {
    window.rollback();
    List<StreamRecord> originals = new ArrayList<>(records.size());
    for (StreamRecord record : records) {
      LogRecord log = record.record();
      if (log.id() == null
          || !window.isCopy(
              log.service(), log.epochHour(), log.id(), record.arrival().toEpochMilli())) {
        originals.add(record);
      }
    }
    return originals;
  }

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
