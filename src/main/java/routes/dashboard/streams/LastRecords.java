package routes.dashboard.streams;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import routes.json.ByteSlice;
import routes.record.LogRecord;

/**
 * The last of many records, as many as a share of the memory holds: what Kinesis sends at once may
 * unpack to hundreds of times that. Not thread-safe.
 */
final class LastRecords {

  /** Of a record beside its line: its service, its time, its id, and the heads of all of them. */
  private static final long BYTES_A_RECORD = 250;

  private final long maxBytes;
  private final Deque<LogRecord> records = new ArrayDeque<>();
  private long bytes;
  private int dropped;

  /** None yet, of at most so many bytes. */
  LastRecords(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Adds a record, and drops the first where that is more than may be held. */
  void add(LogRecord record) {
    // Its own line, or all that it was unpacked with would stay in memory.
    LogRecord own =
        new LogRecord(
            record.signal(),
            ByteSlice.of(record.line().toByteArray()),
            record.service(),
            record.time(),
            record.id());
    records.addLast(own);
    bytes += cost(own);
    while (bytes > maxBytes) {
      bytes -= cost(records.removeFirst());
      dropped++;
    }
  }

  List<LogRecord> list() {
    return List.copyOf(records);
  }

  /** How many were dropped. */
  int dropped() {
    return dropped;
  }

  private static long cost(LogRecord record) {
    return BYTES_A_RECORD + record.line().length();
  }
}
