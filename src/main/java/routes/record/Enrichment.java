package routes.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import routes.json.JsonScalar;

/**
 * What intake appends to a record that lacks it, so that all it is known by travels with it: the
 * canonical fields that came under another name, the service it was sent for, when it came, an id.
 * Bytes that came are never rewritten.
 *
 * @param service the service of records that name none, or null
 * @param time the time of records that have none, or null where they must have one; given for
 *     records that are mapped from another protocol, whose fields are data first
 * @param ingestId gives the {@code ingest_id} of a record that came without an id; asked for no
 *     other record
 */
public record Enrichment(
    @Nullable String service, @Nullable Instant time, Supplier<String> ingestId) {

  private static final List<Field> CANONICAL =
      List.of(Field.TIMESTAMP, Field.SERVICE, Field.LEVEL, Field.MESSAGE);

  /** For records that must have a time. */
  public Enrichment(@Nullable String service, Supplier<String> ingestId) {
    this(service, null, ingestId);
  }

  LogRecord enrich(LogRecord record, FieldScan fields) {
    AddedFields added = new AddedFields(record.line(), fields.isEmpty());
    for (Field field : CANONICAL) {
      if (!fields.hasCanonical(field)) {
        ByteSlice value = value(field, record, fields);
        if (value != null) {
          added.add(field.canonicalName(), value);
        }
      }
    }
    if (fields.service() == null && fields.hasCanonical(Field.SERVICE)) {
      // What is there is blank, and a second field by that name would be one too many.
      String name = Objects.requireNonNull(fields.freeName(Field.SERVICE));
      added.add(name, quoted(record.service()));
    }
    String id = record.id();
    if (id == null && !fields.hasCanonical(Field.INGEST_ID)) {
      id = ingestId.get();
      added.add(Field.INGEST_ID.canonicalName(), quoted(id));
    }
    return new LogRecord(record.signal(), added.line(), record.service(), record.time(), id);
  }

  /** What a record that lacks a field is given, as JSON, or null. */
  private static @Nullable ByteSlice value(Field field, LogRecord record, FieldScan fields) {
    JsonScalar alias =
        switch (field) {
          case SERVICE -> fields.service();
          case TIMESTAMP -> fields.time();
          case LEVEL -> LevelField.of(fields);
          default -> fields.first(field);
        };
    if (alias != null) {
      return alias.raw();
    }
    return switch (field) {
      case SERVICE -> quoted(record.service());
      case TIMESTAMP -> quoted(record.time().toString());
      default -> null;
    };
  }

  /** Whether the record is mapped from another protocol, which has a time for all that come. */
  boolean ofMapped() {
    return time != null;
  }

  /** A text as JSON. */
  static ByteSlice quoted(String text) {
    byte[] inside = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    byte[] json = new byte[inside.length + 2];
    System.arraycopy(inside, 0, json, 1, inside.length);
    json[0] = '"';
    json[json.length - 1] = '"';
    return ByteSlice.of(json);
  }
}
