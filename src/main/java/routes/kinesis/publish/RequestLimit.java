package routes.kinesis.publish;

import java.util.List;

/**
 * How much one {@code PutRecords} request holds.
 *
 * @param bytes data and partition keys
 * @param gathered whether records of a key become one on the way, so that only those that come of
 *     them are counted
 */
record RequestLimit(int bytes, boolean gathered) {

  /**
   * How many records of a caller are best brought at a time. As many as a request holds keep their
   * order in one; each takes more beside its bytes than small ones have.
   */
  int partRecords() {
    return gathered ? 2 * KinesisLimits.REQUEST_RECORDS : KinesisLimits.REQUEST_RECORDS;
  }

  /** The room in a request that has nothing yet. */
  RequestRoom room() {
    return gathered ? new GatheredRoom(bytes) : new RequestRoom(bytes);
  }

  /** Whether one request holds all of them. */
  boolean holds(List<PendingRecord> records) {
    RequestRoom room = room();
    for (PendingRecord record : records) {
      if (!room.take(record)) {
        return false;
      }
    }
    return true;
  }

  /** Whether so much fills a request; of records that are gathered only their bytes can tell. */
  boolean isReached(int records, long bytes) {
    return bytes >= this.bytes || (!gathered && records >= KinesisLimits.REQUEST_RECORDS);
  }
}
