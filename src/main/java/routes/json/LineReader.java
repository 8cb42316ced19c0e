package routes.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines, ending in LF or CRLF or with the file, and holds one buffer whatever the lines'
 * length. A buffer is not written to again once lines of it were handed out.
 */
public final class LineReader implements Closeable {

  private final InputStream in;
  private final int capacity;
  private byte[] buffer = new byte[0];
  private int from;
  private int to;
  private boolean ended;
  private long offset;
  private long number;

  /**
   * A reader at the start of this.
   *
   * @param capacity how many bytes are read at a time, and the longest line that is held with its
   *     line feed
   */
  public LineReader(InputStream in, int capacity) {
    this.in = in;
    this.capacity = capacity;
  }

  /** Where the next line begins. */
  public long offset() {
    return offset;
  }

  /** The next line, or null at the end of the file. */
  public @Nullable Line next() throws IOException {
    int end = ByteSearch.find('\n', buffer, from, to);
    if (end == to && !ended) {
      refill();
      end = ByteSearch.find('\n', buffer, from, to);
    }
    if (from == to) {
      return null;
    }
    if (end == to && !ended) {
      return tooLong();
    }
    ByteSlice bytes = new ByteSlice(buffer, from, end - from);
    if (offset == 0) {
      bytes = bytes.withoutByteOrderMark();
    }
    Line line = new Line(++number, offset, end - from, bytes.trim());
    advance(Math.min(end + 1, to));
    return line;
  }

  private void refill() throws IOException {
    byte[] next = new byte[capacity];
    System.arraycopy(buffer, from, next, 0, to - from);
    int kept = to - from;
    int read = in.readNBytes(next, kept, capacity - kept);
    buffer = next;
    from = 0;
    to = kept + read;
    ended = to < capacity;
  }

  /** Passes over a line that fills the buffer, which therefore nobody else has seen yet. */
  private Line tooLong() throws IOException {
    long start = offset;
    int end = to;
    while (end == to && !ended) {
      advance(to);
      to = in.readNBytes(buffer, 0, capacity);
      from = 0;
      ended = to < capacity;
      end = ByteSearch.find('\n', buffer, from, to);
    }
    long length = offset + end - from - start;
    advance(Math.min(end + 1, to));
    return new Line(++number, start, length, null);
  }

  private void advance(int index) {
    offset += index - from;
    from = index;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
