package routes.deadletter;

/**
 * A dead letter in a list.
 *
 * @param letter the message of it with the most attempts; its bytes may be cut short
 * @param bytes how many bytes the record has
 * @param copies how many messages of it were seen, 1 or more
 */
public record ListedLetter(DeadLetter letter, long bytes, int copies) {

  /**
   * @param shown at most so many bytes of the record
   */
  static ListedLetter of(DeadLetter letter, int shown) {
    return new ListedLetter(letter.cutTo(shown), letter.content().size(), 1);
  }

  ListedLetter and(ListedLetter copy) {
    ListedLetter latest = copy.letter.attempts() > letter.attempts() ? copy : this;
    return new ListedLetter(latest.letter, latest.bytes, copies + copy.copies);
  }
}
