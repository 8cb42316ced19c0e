package routes.deadletter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import routes.record.ByteSlice;

/** The bytes of a record as they came: in memory, or to be read again where they lie. */
public sealed interface Original {

  /** How many bytes. */
  long length();

  /** The bytes from the first on, each time anew; the caller closes the stream. */
  InputStream open() throws IOException;

  /** Bytes in memory. */
  record InMemory(ByteSlice bytes) implements Original {

    @Override
    public long length() {
      return bytes.length();
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes.array(), bytes.offset(), bytes.length());
    }

    @Override
    public String toString() {
      return bytes.toString();
    }
  }

  /** Bytes that are too many to be held. */
  record Elsewhere(long length, Opening opening) implements Original {

    @Override
    public InputStream open() throws IOException {
      return opening.open();
    }
  }

  /** How to get at bytes that lie elsewhere. */
  @FunctionalInterface
  interface Opening {

    /** Exactly the bytes of the record. */
    InputStream open() throws IOException;
  }
}
