package routes.record;

/**
 * A line of a file that is no acceptable record.
 *
 * @param number its number, from 1
 * @param offset where it begins, in bytes from the start of the file
 * @param length its length in bytes without the line feed
 * @param rejection why it was rejected
 * @param bytes the line without white space around it; empty when it was too long to be held
 */
public record RejectedLine(
    long number, long offset, long length, Rejection rejection, ByteSlice bytes) {}
