package routes.delivery;

import com.google.errorprone.annotations.ThreadSafe;
import routes.ledger.Position;
import routes.stream.StreamRead;
import routes.stream.StreamRecord;
import routes.stream.StreamRejection;

/**
 * Sorts what was read of a shard by service and hour, and leaves out what is delivered already or
 * under way.
 */
@ThreadSafe
public final class Partitioner {

  /** The group that the ledger counts dead letters in; no service can have this name. */
  static final String REJECTED = "poison";

  private final Lake lake;

  /** Sorts for this lake. */
  public Partitioner(Lake lake) {
    this.lake = lake;
  }

  /** Sorts a part of a read; sorting it again gives the same, less what was taken since. */
  public Grouping partition(StreamRead read) {
    read.window().rollback();
    Grouping.Builder groups = new Grouping.Builder(read, lake);
    for (StreamRecord record : read.records()) {
      groups.add(record.position(), record.arrival(), record.record());
    }
    for (StreamRejection rejection : read.rejections()) {
      groups.add(rejection);
    }
    return groups.build();
  }

  /** What is rejected of this is on the dead-letter queue and counts as delivered. */
  public void setAside(Grouping read) {
    Position last = read.lastRejected();
    if (last != null) {
      read.ledger().deliver(REJECTED, last, read.rejectedArrivals());
    }
  }
}
