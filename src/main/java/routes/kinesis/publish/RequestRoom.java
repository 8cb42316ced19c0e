package routes.kinesis.publish;

/** What is free in a {@code PutRecords} request while it is filled. */
class RequestRoom {

  private final int maxBytes;
  private int records;
  private long bytes;

  RequestRoom(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes the room of a record, or says that there is too little. */
  boolean take(PendingRecord record) {
    return take(1, record.size());
  }

  /** Takes room for Kinesis records; any record that Kinesis takes fits into an empty request. */
  final boolean take(int more, int moreBytes) {
    if (records > 0
        && (records + more > KinesisLimits.REQUEST_RECORDS || bytes + moreBytes > maxBytes)) {
      return false;
    }
    records += more;
    bytes += moreBytes;
    return true;
  }
}
