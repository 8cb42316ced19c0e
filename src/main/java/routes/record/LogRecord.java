package routes.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import routes.signal.Signal;

/**
 * An accepted record: a log line, a data point of a metric or a span.
 *
 * @param signal what it is
 * @param line the record as it is stored: one JSON object in UTF-8 without a raw line break
 * @param service whose record it is, as {@link ServiceRule} allows it
 * @param time when it happened by its own account, not before 1970
 * @param id what its copies are recognised by: {@code record_id}, else {@code ingest_id}, else what
 *     its signal says, else null
 */
public record LogRecord(
    Signal signal, ByteSlice line, String service, Instant time, @Nullable String id)
    implements ParseResult {

  private static final long SECONDS_PER_HOUR = 3600;

  /** A log line. */
  public LogRecord(ByteSlice line, String service, Instant time, @Nullable String id) {
    this(Signal.LOGS, line, service, time, id);
  }

  /** The hour of {@link #time()}, counted in whole hours since 1970-01-01T00:00Z. */
  public long epochHour() {
    return time.getEpochSecond() / SECONDS_PER_HOUR;
  }
}
