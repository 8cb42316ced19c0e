package routes.record;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/**
 * Sets fields of a record and leaves all its other bytes as they are: a value takes the place of
 * the one that counted for its field, under whichever name that stood; where there was none, the
 * field is appended under its canonical name. Safe for use by many threads.
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
    return with(record, Field.SERVICE, Completion.quoted(service));
  }

  public ByteSlice withTimestamp(ByteSlice record, Instant timestamp) {
    return with(record, Field.TIMESTAMP, Completion.quoted(timestamp.toString()));
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
    JsonScalar value = fields.first(field);
    if (value != null) {
      int start = value.raw().offset() - object.offset();
      return replaced(object, start, start + value.raw().length(), json);
    }
    if (fields.hasCanonical(field)) {
      int start = fields.canonicalStart(field);
      return replaced(object, start, end(object, start), json);
    }
    String name = (fields.isEmpty() ? "\"" : ",\"") + field.canonicalName() + "\":";
    int brace = object.length() - 1;
    return replaced(object, brace, brace, ByteSlice.utf8(name + json));
  }

  /** The index after a null, an object or an array: what is there when nothing counts. */
  private static int end(ByteSlice object, int start) {
    if (object.at(start) == 'n') {
      return start + "null".length();
    }
    return ValueEnd.find(object.array(), object.offset() + start, object.end()) - object.offset();
  }

  private static ByteSlice replaced(ByteSlice object, int from, int to, ByteSlice json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(object.length() + json.length());
    out.write(object.array(), object.offset(), from);
    out.write(json.array(), json.offset(), json.length());
    out.write(object.array(), object.offset() + to, object.length() - to);
    return ByteSlice.of(out.toByteArray());
  }
}
