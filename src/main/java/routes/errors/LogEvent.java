package routes.errors;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.commons.codec.digest.MurmurHash3;
import routes.record.LogRecord;

/**
 * What becomes of a record in CloudWatch Logs.
 *
 * @param millis when it happened, in milliseconds since 1970
 * @param message the record's line as it is in the lake
 */
record LogEvent(long millis, String message) {

  /** What an event counts for beside its message (PutLogEvents). */
  private static final int OVERHEAD_BYTES = 26;

  /** Tells different events apart: the time and 128 bits of the message. */
  record Key(long millis, long high, long low) {}

  static LogEvent of(LogRecord log) {
    return new LogEvent(log.time().toEpochMilli(), log.line().toString());
  }

  Key key() {
    byte[] bytes = message.getBytes(UTF_8);
    long[] hash = MurmurHash3.hash128x64(bytes, 0, bytes.length, 0);
    return new Key(millis, hash[0], hash[1]);
  }

  /** What it counts for in a call. */
  int bytes() {
    return message.getBytes(UTF_8).length + OVERHEAD_BYTES;
  }
}
