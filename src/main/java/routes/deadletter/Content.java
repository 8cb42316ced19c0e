package routes.deadletter;

/** The original bytes of a dead letter, or where its message says they are. */
public sealed interface Content permits Original, Content.ClaimCheck {

  /** How many bytes the record has. */
  long size();

  /**
   * Bytes kept in S3, because they are too large for a message.
   *
   * @param size in bytes
   */
  record ClaimCheck(String bucket, String key, long size) implements Content {}
}
