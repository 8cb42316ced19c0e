package routes.deadletter;

import routes.record.ByteSlice;

/** The original bytes of a dead letter, or where they are. */
public sealed interface Content {

  /** Bytes carried by the message itself. */
  record Inline(ByteSlice bytes) implements Content {}

  /**
   * Bytes kept in S3, because they are too large for a message.
   *
   * @param size in bytes
   */
  record ClaimCheck(String bucket, String key, long size) implements Content {}
}
