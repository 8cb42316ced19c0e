package routes.inbox;

import org.jspecify.annotations.Nullable;
import routes.record.ByteSlice;

/**
 * A line as it lies in its file.
 *
 * @param offset where it begins, in bytes from the start of the file
 * @param length its length in bytes without the line feed
 * @param end where the next one begins
 * @param bytes the line without the line feed, or null when it is too long to be held
 */
record RawLine(long offset, long length, long end, @Nullable ByteSlice bytes) {}
