package routes.record;

import java.io.ByteArrayOutputStream;
import routes.json.ByteSlice;

/** Fields put before the closing brace of a record, whose own bytes stay as they are. */
final class AddedFields {

  private static final int ROOM = 96;

  private final ByteSlice line;
  private final ByteArrayOutputStream added = new ByteArrayOutputStream(ROOM);
  private boolean separate;

  /**
   * @param line a JSON object, ending in its closing brace
   * @param empty whether the object has no fields, and so wants no comma before the first
   */
  AddedFields(ByteSlice line, boolean empty) {
    this.line = line;
    this.separate = !empty;
  }

  void add(String name, ByteSlice json) {
    if (separate) {
      added.write(',');
    }
    ByteSlice quoted = Enrichment.quoted(name);
    added.write(quoted.array(), quoted.offset(), quoted.length());
    added.write(':');
    added.write(json.array(), json.offset(), json.length());
    separate = true;
  }

  /** The enriched record; the very slice that came when nothing was added. */
  ByteSlice line() {
    if (added.size() == 0) {
      return line;
    }
    added.write('}');
    byte[] fields = added.toByteArray();
    int brace = line.length() - 1;
    byte[] all = new byte[brace + fields.length];
    System.arraycopy(line.array(), line.offset(), all, 0, brace);
    System.arraycopy(fields, 0, all, brace, fields.length);
    return ByteSlice.of(all);
  }
}
