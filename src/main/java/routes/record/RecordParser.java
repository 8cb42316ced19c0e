package routes.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a log record of the bytes of one JSON object. The result is a function of the bytes, the
 * arrival time and the settings alone, and no bytes make it throw. Safe for use by many threads.
 */
public final class RecordParser {

  private static final List<Field> CANONICAL =
      List.of(Field.TIMESTAMP, Field.SERVICE, Field.LEVEL, Field.MESSAGE);

  private final FieldScanner scanner;
  private final FieldNames names;
  private final RecordLimits limits;
  private final ServiceRule services;

  public RecordParser(FieldNames names, RecordLimits limits, ServiceRule services) {
    this.scanner = new FieldScanner(new FieldIndex(names), limits.maxDepth());
    this.names = names;
    this.limits = limits;
    this.services = services;
  }

  /** Parses a record that is stored as it came, such as one put straight on the stream. */
  public ParseResult parse(ByteSlice record, Instant arrival) {
    try {
      FieldScan fields = scan(record);
      String service = service(fields, null);
      Instant time = time(fields, arrival);
      return new LogRecord(LineBreaks.remove(fields.record()), service, time, id(fields));
    } catch (RejectedException e) {
      return e.rejection();
    }
  }

  /** Parses a record at intake, where what it lacks is appended to it. */
  public ParseResult parse(ByteSlice record, Instant arrival, Completion completion) {
    try {
      FieldScan fields = scan(record);
      String service = service(fields, completion.service());
      Instant time = time(fields, arrival);
      Appendix appendix = new Appendix(LineBreaks.remove(fields.record()), fields.isEmpty());
      for (Field field : CANONICAL) {
        JsonScalar alias = fields.hasCanonical(field) ? null : fields.first(field);
        if (alias != null) {
          appendix.add(field, alias.raw());
        } else if (field == Field.SERVICE && !fields.hasCanonical(field)) {
          appendix.add(field, quoted(service));
        }
      }
      String id = id(fields);
      if (id == null && !fields.hasCanonical(Field.INGEST_ID)) {
        id = completion.ingestId().get();
        appendix.add(Field.INGEST_ID, quoted(id));
      }
      ByteSlice line = appendix.line();
      checkLength(line);
      return new LogRecord(line, service, time, id);
    } catch (RejectedException e) {
      return e.rejection();
    }
  }

  private FieldScan scan(ByteSlice bytes) throws RejectedException {
    ByteSlice record = bytes.trim();
    checkLength(record);
    int invalid = Utf8.firstInvalid(record);
    if (invalid != Utf8.NOWHERE) {
      throw new RejectedException(
          Reason.NOT_UTF_8, "Not UTF-8 at byte " + invalid + ": " + Excerpt.of(record));
    }
    return scanner.scan(record);
  }

  private void checkLength(ByteSlice record) throws RejectedException {
    if (record.length() > limits.maxBytes()) {
      throw new RejectedException(
          Reason.TOO_LARGE,
          "The record takes "
              + record.length()
              + " bytes, of at most "
              + limits.maxBytes()
              + ": "
              + Excerpt.of(record));
    }
  }

  private String service(FieldScan fields, @Nullable String fallback) throws RejectedException {
    JsonScalar value = fields.first(Field.SERVICE);
    String service = fields.hasCanonical(Field.SERVICE) ? null : fallback;
    if (value != null) {
      if (!value.isText()) {
        throw new RejectedException(
            Reason.BAD_SERVICE, "Service " + Excerpt.of(value.raw()) + " is no text");
      }
      service = value.text();
    }
    if (service == null) {
      throw new RejectedException(
          Reason.NO_SERVICE, "No text in any of the fields " + names.service());
    }
    String objection = services.objection(service);
    if (objection != null) {
      throw new RejectedException(
          Reason.BAD_SERVICE, "Service " + Excerpt.of(service) + " " + objection);
    }
    return service;
  }

  private Instant time(FieldScan fields, Instant arrival) throws RejectedException {
    JsonScalar value = fields.first(Field.TIMESTAMP);
    if (value == null) {
      throw new RejectedException(
          Reason.NO_TIMESTAMP, "No text or number in any of the fields " + names.timestamp());
    }
    Instant time = TimestampParser.parse(value.bytes());
    if (time == null) {
      throw new RejectedException(
          Reason.BAD_TIMESTAMP,
          "Timestamp "
              + Excerpt.of(value.bytes())
              + " is neither ISO-8601, such as 2026-08-22T13:05:09Z, nor a number of seconds,"
              + " milli-, micro- or nanoseconds since 1970");
    }
    if (time.isBefore(Instant.EPOCH)) {
      throw new RejectedException(
          Reason.BEFORE_1970, "Timestamp " + Excerpt.of(value.bytes()) + " is before 1970");
    }
    if (time.isAfter(arrival.plus(limits.maxFuture()))) {
      throw new RejectedException(
          Reason.TOO_FAR_IN_FUTURE,
          "Timestamp "
              + Excerpt.of(value.bytes())
              + " is more than "
              + limits.maxFuture()
              + " after the record arrived at "
              + arrival);
    }
    return time;
  }

  private static @Nullable String id(FieldScan fields) {
    String id = id(fields.first(Field.RECORD_ID));
    return id == null ? id(fields.first(Field.INGEST_ID)) : id;
  }

  private static @Nullable String id(@Nullable JsonScalar value) {
    if (value == null || !(value.isText() || value.isNumber())) {
      return null;
    }
    String id = value.text();
    return id.isEmpty() ? null : id;
  }

  private static ByteSlice quoted(String text) {
    byte[] inside = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    return ByteSlice.utf8("\"" + new String(inside, StandardCharsets.UTF_8) + "\"");
  }
}
