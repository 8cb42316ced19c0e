package routes.record;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import routes.json.JsonScalar;
import routes.json.LineBreaks;
import routes.json.PlainAscii;
import routes.json.SurrogateHalves;
import routes.json.Utf8;
import routes.signal.Signal;

/**
 * Makes a record of one signal of the bytes of one JSON object. The result is a function of the
 * bytes, the arrival time and the settings alone, and no bytes make it throw. Safe for use by many
 * threads.
 */
public final class RecordParser {

  /** Before this nothing is taken for the time of a log. */
  public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private final Signal signal;
  private final SignalRule rule;
  private final FieldScanner scanner;
  private final ServiceField service;
  private final TimeField time;
  private final int maxBytes;

  /** For logs. */
  public RecordParser(FieldNames names, RecordLimits limits, ServiceRule services) {
    this(Signal.LOGS, names, limits, services);
  }

  public RecordParser(Signal signal, FieldNames names, RecordLimits limits, ServiceRule services) {
    this.signal = signal;
    this.rule = SignalRule.of(signal);
    this.scanner = new FieldScanner(FieldIndex.of(signal, names), limits.maxDepth());
    this.service = new ServiceField(names.service(), services);
    this.time = new TimeField(names.timestamp(), limits.maxFuture());
    this.maxBytes = limits.maxBytes();
  }

  /** Whose records it parses. */
  public Signal signal() {
    return signal;
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
  public ParseResult parse(ByteSlice record, Instant arrival, Enrichment enrichment) {
    return parsed(record, arrival, enrichment);
  }

  /** Why a record is rejected that takes so many bytes, more than {@link #maxBytes()}. */
  public Rejection tooLarge(long bytes) {
    return new Rejection(
        Reason.TOO_LARGE, "The record takes " + bytes + " bytes, of at most " + maxBytes);
  }

  /** Whether a record can be of a service by this name. */
  public boolean isService(String name) {
    try {
      service.check(name);
      return true;
    } catch (RejectedException e) {
      return false;
    }
  }

  /** Why a text cannot be the time of a record, or empty when it can. */
  public Optional<Rejection> timeObjection(String text, Instant arrival) {
    try {
      time.read(ByteSlice.utf8(text), arrival);
      return Optional.empty();
    } catch (RejectedException e) {
      return Optional.of(e.rejection());
    }
  }

  /** What can be told of a record that was rejected. */
  public RecordMetadata metadata(ByteSlice record) {
    ByteSlice json = json(record);
    try {
      checkUtf8(json);
      return RecordMetadata.of(scanner.scan(json));
    } catch (RejectedException e) {
      return RecordMetadata.NOTHING;
    }
  }

  private ParseResult parsed(ByteSlice bytes, Instant arrival, @Nullable Enrichment enrichment) {
    ByteSlice json = json(bytes);
    try {
      checkLength(json);
      int look = PlainAscii.look(json);
      boolean plain = (look & PlainAscii.ODD) == 0;
      if (!plain) {
        checkUtf8(json);
      }
      FieldScan fields = scanner.scan(json);
      if ((look & PlainAscii.BACKSLASH) != 0) {
        checkSurrogates(json);
      }
      LogRecord record =
          new LogRecord(
              signal,
              plain ? json : LineBreaks.remove(json),
              service(fields, arrival, enrichment),
              time(fields, arrival, enrichment),
              id(fields));
      rule.check(fields, record.time());
      if (enrichment == null) {
        return record;
      }
      LogRecord enriched = enrichment.enrich(record, fields);
      checkLength(enriched.line());
      return enriched;
    } catch (RejectedException e) {
      return e.rejection();
    }
  }

  /** Files that begin with the mark may have been put together. */
  private static ByteSlice json(ByteSlice record) {
    return record.trim().withoutByteOrderMark();
  }

  private String service(FieldScan fields, Instant arrival, @Nullable Enrichment enrichment)
      throws RejectedException {
    if (enrichment == null) {
      return service.of(fields, arrival, null, false);
    }
    String chosen = service.of(fields, arrival, enrichment.service(), enrichment.ofMapped());
    if (fields.service() == null) {
      service.check(chosen);
    }
    return chosen;
  }

  private Instant time(FieldScan fields, Instant arrival, @Nullable Enrichment enrichment)
      throws RejectedException {
    return enrichment == null
        ? time.of(fields, arrival, null, false)
        : time.of(fields, arrival, enrichment.time(), enrichment.ofMapped());
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

  private static void checkSurrogates(ByteSlice json) throws RejectedException {
    int half = SurrogateHalves.first(json);
    if (half != SurrogateHalves.NOWHERE) {
      throw new RejectedException(
          Reason.NOT_JSON,
          "Not JSON that every reader takes, at byte "
              + half
              + ": half a surrogate pair, "
              + Excerpt.of(json.slice(half, half + SurrogateHalves.ESCAPE_LENGTH)));
    }
  }

  private @Nullable String id(FieldScan fields) {
    String id = idIn(fields.first(Field.RECORD_ID));
    if (id == null) {
      id = idIn(fields.first(Field.INGEST_ID));
    }
    return id == null ? rule.id(fields) : id;
  }

  private static @Nullable String idIn(@Nullable JsonScalar value) {
    if (value == null || !(value.isText() || value.isNumber())) {
      return null;
    }
    String id = value.text();
    return id.isEmpty() ? null : id;
  }
}
