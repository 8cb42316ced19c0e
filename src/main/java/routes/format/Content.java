package routes.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;
import routes.json.ByteSlice;
import routes.signal.Signal;

/** The records of one object, in their order on the stream. */
public interface Content {

  /** What the records are. */
  Signal signal();

  /** The length of all lines, in bytes. */
  long bytes();

  /** Each record as a line that ends in a newline. */
  byte[] toByteArray();

  /** Gives each record's line, without its newline and without copying it. */
  void eachLine(Consumer<ByteSlice> line);

  /** Writes what {@link #toByteArray} has. */
  void writeTo(OutputStream out) throws IOException;

  /** Where the records come from, as the object's metadata tell it. */
  Map<String, String> origin();
}
