package routes.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What intake appends to a record that lacks it, so that all it is known by travels with it: the
 * canonical fields that came under another name, the service it was sent for, when it came, an id.
 * Bytes that came are never rewritten.
 *
 * @param service the service of records that name none, or null
 * @param time the time of records that have none, or null where they must have one
 * @param ingestId gives the {@code ingest_id} of a record that came without an id; asked for no
 *     other record
 */
public record Completion(
    @Nullable String service, @Nullable Instant time, Supplier<String> ingestId) {

  private static final List<Field> CANONICAL =
      List.of(Field.TIMESTAMP, Field.SERVICE, Field.LEVEL, Field.MESSAGE);

  /** For records that must have a time. */
  public Completion(@Nullable String service, Supplier<String> ingestId) {
    this(service, null, ingestId);
  }

  LogRecord complete(LogRecord record, FieldScan fields) {
    Appendix appendix = new Appendix(record.line(), fields.isEmpty());
    for (Field field : CANONICAL) {
      if (!fields.hasCanonical(field)) {
        JsonScalar alias = fields.first(field);
        if (alias != null) {
          appendix.add(field, alias.raw());
        } else if (field == Field.SERVICE) {
          appendix.add(field, quoted(record.service()));
        } else if (field == Field.TIMESTAMP) {
          appendix.add(field, quoted(record.time().toString()));
        }
      }
    }
    String id = record.id();
    if (id == null && !fields.hasCanonical(Field.INGEST_ID)) {
      id = ingestId.get();
      appendix.add(Field.INGEST_ID, quoted(id));
    }
    return new LogRecord(appendix.line(), record.service(), record.time(), id);
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
