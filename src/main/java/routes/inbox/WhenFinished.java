package routes.inbox;

/** What becomes of a file that has been published to its end and does not change any more. */
public enum WhenFinished {
  /** It is moved to the folder {@code done} in the inbox. */
  MOVE,
  /** It stays where it is. */
  KEEP,
  /** It is deleted. */
  DELETE
}
