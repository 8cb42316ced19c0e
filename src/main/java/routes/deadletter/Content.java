package routes.deadletter;

import routes.record.ByteSlice;

/** The original bytes of a dead letter, or where they are. */
public sealed interface Content {

  /** How many bytes the record has. */
  long size();

  /** Bytes carried by the message itself. */
  record Inline(ByteSlice bytes) implements Content {

    @Override
    public long size() {
      return bytes.length();
    }

    /** The first bytes, at most so many, without half a character of UTF-8 at the end. */
    Inline cutTo(int length) {
      if (length >= bytes.length()) {
        return this;
      }
      int end = length;
      while (end > 0 && (bytes.at(end) & 0xC0) == 0x80) {
        end--;
      }
      // A copy, so that the rest need not be kept.
      return new Inline(ByteSlice.of(bytes.slice(0, end).toByteArray()));
    }
  }

  /**
   * Bytes kept in S3, because they are too large for a message.
   *
   * @param size in bytes
   */
  record ClaimCheck(String bucket, String key, long size) implements Content {}
}
