package routes.delivery;

import routes.shards.ShardRecord;
import routes.shards.ShardRecords;

/**
 * Sorts what was read of a shard by service and hour, and leaves out what is delivered already or
 * under way. Thread-safe.
 */
public final class Partitioner {

  /** The group that the ledger counts dead letters in; no service can have this name. */
  static final String POISON = "poison";

  private final Payloads payloads;

  public Partitioner(Payloads payloads) {
    this.payloads = payloads;
  }

  /** Sorts a read; sorting it again gives the same, less what was taken since. */
  public Partitioned partition(ShardRecords read) {
    read.window().rollback();
    Sorting sorting = new Sorting(read);
    for (ShardRecord record : read.records()) {
      payloads.read(record, sorting.of(record));
    }
    return sorting.result();
  }

  /** The dead letter is on its queue; the record counts as delivered. */
  public void setAside(PoisonRecord record) {
    record.ledger().deliver(POISON, record.position());
  }
}
