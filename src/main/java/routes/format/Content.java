package routes.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;
import routes.json.ByteSlice;
import routes.signal.Signal;

/** The records of one object, in their order on the stream; in memory or not. */
public interface Content {

  /** A record's line, without its newline. */
  interface Line {

    /** Reads it, once more if it has to; the bytes are good until the next line is read. */
    ByteSlice read() throws IOException;
  }

  /** What the records are. */
  Signal signal();

  /** The length of all lines, in bytes. */
  long bytes();

  /** Gives each record's line, to be read then or later. */
  void eachLine(Consumer<Line> line) throws IOException;

  /** Writes each record as a line that ends in a newline. */
  void writeTo(OutputStream out) throws IOException;

  /** Where the records come from, as the object's metadata tell it. */
  Map<String, String> origin();
}
