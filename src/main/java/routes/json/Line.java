package routes.json;

import org.jspecify.annotations.Nullable;

/**
 * A line of a file.
 *
 * @param number its number, from 1, blank lines counted
 * @param offset where it begins, in bytes from the start of the file
 * @param length its length in bytes without the line feed
 * @param bytes the line without white space around it, or null when it was too long to be held
 */
public record Line(long number, long offset, long length, @Nullable ByteSlice bytes) {}
