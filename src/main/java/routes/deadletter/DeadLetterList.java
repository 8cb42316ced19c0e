package routes.deadletter;

import java.util.List;
import java.util.Map;

/**
 * The latest dead letters.
 *
 * @param letters the latest first
 * @param found how many there are, as far as was looked
 * @param byReason how many, by reason
 * @param byService how many, by service; those that name none under an empty text
 * @param scanned messages looked at
 * @param complete whether nothing was left to look at; else there may be more
 * @param looking whether the look goes on, so that there will be more
 * @param queue how much lies on the queue in all
 */
public record DeadLetterList(
    List<Item> letters,
    int found,
    Map<String, Integer> byReason,
    Map<String, Integer> byService,
    int scanned,
    boolean complete,
    boolean looking,
    DeadLetterQueue.Depth queue) {

  /**
   * A dead letter in a list.
   *
   * @param letter the message of it with the most attempts; its bytes may be cut short
   * @param bytes how many bytes the record has
   * @param copies how many messages of it were seen, 1 or more
   */
  public record Item(DeadLetter letter, long bytes, int copies) {

    /**
     * @param shown at most so many bytes of the record
     */
    static Item of(DeadLetter letter, int shown) {
      DeadLetter cut =
          letter.content() instanceof Original.InMemory held
              ? letter.with(held.cutTo(shown))
              : letter;
      return new Item(cut, letter.content().size(), 1);
    }

    /** The letter of both copies, of which either may have come up first. */
    Item and(Item copy) {
      Item latest = copy.letter.attempts() > letter.attempts() ? copy : this;
      return new Item(latest.letter, latest.bytes, copies + copy.copies);
    }
  }
}
