package routes.record;

import java.io.ByteArrayOutputStream;
import routes.json.ByteSlice;

/** Fields put before the closing brace of a record, whose own bytes stay as they are. */
final class AddedFields {

  private static final int ROOM = 96;

  private final ByteSlice line;
  private final ByteArrayOutputStream out;
  private boolean separate;

  /**
   * @param line a JSON object, ending in its closing brace
   * @param empty whether the object has no fields, and so wants no comma before the first
   */
  AddedFields(ByteSlice line, boolean empty) {
    this.line = line;
    this.out = new ByteArrayOutputStream(line.length() + ROOM);
    out.write(line.array(), line.offset(), line.length() - 1);
    this.separate = !empty;
  }

  void add(String name, ByteSlice json) {
    if (separate) {
      out.write(',');
    }
    ByteSlice quoted = Enrichment.quoted(name);
    out.write(quoted.array(), quoted.offset(), quoted.length());
    out.write(':');
    out.write(json.array(), json.offset(), json.length());
    separate = true;
  }

  /** The enriched record; the very slice that came when nothing was added. */
  ByteSlice line() {
    if (out.size() < line.length()) {
      return line;
    }
    out.write('}');
    return ByteSlice.of(out.toByteArray());
  }
}
