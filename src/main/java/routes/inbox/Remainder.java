package routes.inbox;

/**
 * Bytes that follow the content of a file and belong to none of it.
 *
 * @param contentEnd how many bytes of content are before it, decompressed
 * @param offset where it begins, in bytes from the start of the file as it lies there
 * @param length its length in bytes, 1 or more
 * @param padding whether all of it are NUL bytes, with which files are filled up to a block
 */
record Remainder(long contentEnd, long offset, long length, boolean padding) {

  /** What of it lies behind its first bytes; all of it if it has fewer. */
  Remainder behind(long bytes) {
    return bytes < length
        ? new Remainder(contentEnd, offset + bytes, length - bytes, padding)
        : this;
  }
}
