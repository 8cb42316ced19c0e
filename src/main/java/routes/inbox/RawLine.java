package routes.inbox;

import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;

/**
 * A line as it lies in its file, or NUL bytes where one should begin: a writer that was not told of
 * a cut goes on at its old place and leaves a hole before it.
 *
 * @param offset where it begins, in bytes from the start of the file
 * @param length its length in bytes without the line feed
 * @param end where the next one begins
 * @param bytes the line without the line feed, or null when it is too long to be held
 * @param hole whether it is no line but NUL bytes; then {@code bytes} is empty
 */
record RawLine(long offset, long length, long end, @Nullable ByteSlice bytes, boolean hole) {

  RawLine(long offset, long length, long end, @Nullable ByteSlice bytes) {
    this(offset, length, end, bytes, false);
  }

  static RawLine hole(long offset, long end) {
    return new RawLine(offset, end - offset, end, ByteSlice.of(new byte[0]), true);
  }
}
