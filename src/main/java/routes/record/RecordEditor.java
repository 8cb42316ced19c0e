package routes.record;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import routes.json.ByteSlice;
import routes.json.JsonScalar;
import routes.json.ValueEnd;

/**
 * Sets fields of a record and leaves all its other bytes as they are: a field is appended under its
 * canonical name, or takes the place of the text, number or boolean there. Where an object has that
 * name, the next name that is free is taken. Safe for use by many threads.
 *
 * <p>For bytes that are one well-formed JSON object only; others make it throw {@link
 * IllegalArgumentException}.
 */
public final class RecordEditor {

  private final FieldScanner scanner;

  public RecordEditor(FieldNames names, RecordLimits limits) {
    this.scanner = new FieldScanner(new FieldIndex(names), limits.maxDepth());
  }

  /**
   * Says whose record it is.
   *
   * @param service one that the {@link ServiceRule} takes
   */
  public ByteSlice withService(ByteSlice record, String service) {
    return with(record, Field.SERVICE, Enrichment.quoted(service));
  }

  public ByteSlice withTimestamp(ByteSlice record, Instant timestamp) {
    return with(record, Field.TIMESTAMP, Enrichment.quoted(timestamp.toString()));
  }

  /**
   * Notes in the field {@code replayed} how often a record has come back from the dead letters.
   *
   * @param times 1 or more
   */
  public ByteSlice withReplayed(ByteSlice record, int times) {
    return with(record, Field.REPLAYED, ByteSlice.utf8(Integer.toString(times)));
  }

  private ByteSlice with(ByteSlice record, Field field, ByteSlice json) {
    ByteSlice object = record.trim();
    FieldScan fields;
    try {
      fields = scanner.scan(object);
    } catch (RejectedException e) {
      throw new IllegalArgumentException(e.rejection().message(), e);
    }
    if (!fields.hasCanonical(field)) {
      return appended(object, fields, field.canonicalName(), json);
    }
    int start = fields.canonicalStart(field);
    if (object.at(start) != '{' && object.at(start) != '[') {
      return replaced(object, start, end(object, start), json);
    }
    // Of the other names, only a value before all others counts.
    for (FieldIndex.Place place : fields.places(field)) {
      JsonScalar value = fields.value(place);
      if (value != null) {
        int valueStart = value.raw().offset() - object.offset();
        return replaced(object, valueStart, end(object, valueStart), json);
      }
      if (fields.isFree(place)) {
        return appended(object, fields, place.name(), json);
      }
    }
    return replaced(object, start, end(object, start), json);
  }

  private static ByteSlice appended(
      ByteSlice object, FieldScan fields, String name, ByteSlice json) {
    int brace = object.length() - 1;
    String start = (fields.isEmpty() ? "" : ",") + Enrichment.quoted(name) + ":";
    return replaced(object, brace, brace, ByteSlice.utf8(start + json));
  }

  /** The index after the value that starts at an index. */
  private static int end(ByteSlice object, int start) {
    if (object.at(start) == 'n') {
      return start + "null".length();
    }
    JsonScalar scalar = JsonScalar.at(object, start);
    return scalar == null
        ? ValueEnd.find(object.array(), object.offset() + start, object.end()) - object.offset()
        : start + scalar.raw().length();
  }

  private static ByteSlice replaced(ByteSlice object, int from, int to, ByteSlice json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(object.length() + json.length());
    out.write(object.array(), object.offset(), from);
    out.write(json.array(), json.offset(), json.length());
    out.write(object.array(), object.offset() + to, object.length() - to);
    return ByteSlice.of(out.toByteArray());
  }
}
