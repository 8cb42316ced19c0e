package routes.deadletter;

import com.google.common.io.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import routes.json.ByteSlice;

/** The bytes of a record as they came: in memory, or to be read again where they lie. */
public sealed interface Original extends Content {

  /** What may be carried by a message. */
  int MAX_COPIED_BYTES = 1024 * 1024;

  /** What stands between pieces. */
  ByteSource NEWLINE = ByteSource.wrap(new byte[] {'\n'});

  /** The bytes from the first on, each time anew; the caller closes the stream. */
  InputStream open() throws IOException;

  /**
   * Pieces in memory, one after the other, each beginning a line. Copied together only if they are
   * few bytes.
   */
  static Original of(List<ByteSlice> pieces) {
    if (pieces.size() == 1) {
      return new InMemory(pieces.get(0));
    }
    List<ByteSource> sources = new ArrayList<>();
    long length = pieces.size() - 1L;
    for (ByteSlice piece : pieces) {
      if (!sources.isEmpty()) {
        sources.add(NEWLINE);
      }
      sources.add(ByteSource.wrap(piece.array()).slice(piece.offset(), piece.length()));
      length += piece.length();
    }
    Opening opening = ByteSource.concat(sources)::openStream;
    if (length > MAX_COPIED_BYTES) {
      return new Elsewhere(length, opening);
    }
    try (InputStream all = opening.open()) {
      return new InMemory(ByteSlice.of(all.readAllBytes()));
    } catch (IOException e) {
      throw new AssertionError("Memory can always be read", e);
    }
  }

  /** Bytes in memory. */
  record InMemory(ByteSlice bytes) implements Original {

    @Override
    public long size() {
      return bytes.length();
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes.array(), bytes.offset(), bytes.length());
    }

    /** The first bytes, at most so many, without half a character of UTF-8 at the end. */
    InMemory cutTo(int length) {
      if (length >= bytes.length()) {
        return this;
      }
      int end = length;
      while (end > 0 && (bytes.at(end) & 0xC0) == 0x80) {
        end--;
      }
      // A copy, so that the rest need not be kept.
      return new InMemory(ByteSlice.of(bytes.slice(0, end).toByteArray()));
    }

    @Override
    public String toString() {
      return bytes.toString();
    }
  }

  /** Bytes that are too many to be held. */
  record Elsewhere(long size, Opening opening) implements Original {

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
