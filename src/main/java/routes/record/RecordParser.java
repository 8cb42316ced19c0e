package routes.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes a log record of the bytes of one JSON object. The result is a function of the bytes, the
 * arrival time and the settings alone, and no bytes make it throw. Safe for use by many threads.
 */
public final class RecordParser {

  private final FieldScanner scanner;
  private final ServiceField service;
  private final TimeField time;
  private final int maxBytes;

  public RecordParser(FieldNames names, RecordLimits limits, ServiceRule services) {
    this.scanner = new FieldScanner(new FieldIndex(names), limits.maxDepth());
    this.service = new ServiceField(names.service(), services);
    this.time = new TimeField(names.timestamp(), limits.maxFuture());
    this.maxBytes = limits.maxBytes();
  }

  /** The longest record that is acceptable, in bytes. */
  public int maxBytes() {
    return maxBytes;
  }

  /** Parses a record that is stored as it came, such as one from the stream. */
  public ParseResult parse(ByteSlice record, Instant arrival) {
    return parsed(record, arrival, null);
  }

  /** Parses a record at intake, where what it lacks is appended to it. */
  public ParseResult parse(ByteSlice record, Instant arrival, Completion completion) {
    return parsed(record, arrival, completion);
  }

  /** Why a record is rejected that takes so many bytes, more than {@link #maxBytes()}. */
  public Rejection tooLarge(long bytes) {
    return new Rejection(
        Reason.TOO_LARGE, "The record takes " + bytes + " bytes, of at most " + maxBytes);
  }

  /** What can be told of a record that was rejected. */
  public Glimpse glimpse(ByteSlice record) {
    ByteSlice json = record.trim();
    try {
      checkUtf8(json);
      return Glimpse.of(scanner.scan(json));
    } catch (RejectedException e) {
      return Glimpse.NOTHING;
    }
  }

  private ParseResult parsed(ByteSlice bytes, Instant arrival, @Nullable Completion completion) {
    ByteSlice json = bytes.trim();
    try {
      checkLength(json);
      boolean plain = PlainAscii.covers(json);
      if (!plain) {
        checkUtf8(json);
      }
      FieldScan fields = scanner.scan(json);
      LogRecord record =
          new LogRecord(
              plain ? json : LineBreaks.remove(json),
              service.of(fields, completion == null ? null : completion.service()),
              time.of(fields, arrival, completion == null ? null : completion.time()),
              id(fields));
      if (completion == null) {
        return record;
      }
      LogRecord completed = completion.complete(record, fields);
      checkLength(completed.line());
      return completed;
    } catch (RejectedException e) {
      return e.rejection();
    }
  }

  private void checkLength(ByteSlice record) throws RejectedException {
    if (record.length() > maxBytes) {
      throw new RejectedException(tooLarge(record.length()));
    }
  }

  private static void checkUtf8(ByteSlice json) throws RejectedException {
    int invalid = Utf8.firstInvalid(json);
    if (invalid != Utf8.NOWHERE) {
      throw new RejectedException(
          Reason.NOT_UTF_8, "Not UTF-8 at byte " + invalid + ": " + Excerpt.of(json));
    }
  }

  private static @Nullable String id(FieldScan fields) {
    String recordId = idIn(fields.first(Field.RECORD_ID));
    return recordId == null ? idIn(fields.first(Field.INGEST_ID)) : recordId;
  }

  private static @Nullable String idIn(@Nullable JsonScalar value) {
    if (value == null || !(value.isText() || value.isNumber())) {
      return null;
    }
    String id = value.text();
    return id.isEmpty() ? null : id;
  }
}
