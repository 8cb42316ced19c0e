package routes.deadletter;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * The latest dead letters.
 *
 * @param letters the latest first
 * @param found how many there are, as far as was looked
 * @param byReason how many, by reason
 * @param byService how many, by service; those that name none under an empty text
 * @param scanned messages looked at
 * @param complete whether nothing was left to look at; else there may be more
 * @param queue how much lies on the queue in all
 */
public record DeadLetterList(
    List<Item> letters,
    int found,
    Map<String, Integer> byReason,
    Map<String, Integer> byService,
    int scanned,
    boolean complete,
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

    Item and(Item copy) {
      Item latest = copy.letter.attempts() > letter.attempts() ? copy : this;
      return new Item(latest.letter, latest.bytes, copies + copy.copies);
    }
  }

  /** The latest of many letters, so many at most, and how many there are of each kind. */
  static final class Latest {

    private static final Comparator<DeadLetter> LATEST_FIRST =
        Comparator.comparing(DeadLetter::at).reversed().thenComparing(DeadLetter::id);

    private final PriorityQueue<DeadLetter> latest = new PriorityQueue<>(LATEST_FIRST.reversed());
    private final Map<String, Item> shown = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, Integer> byReason = new TreeMap<>();
    private final Map<String, Integer> byService = new TreeMap<>();
    private final int limit;
    private final int shownBytes;

    /**
     * @param shownBytes at most so many bytes of each record are kept
     */
    Latest(int limit, int shownBytes) {
      this.limit = limit;
      this.shownBytes = shownBytes;
    }

    /** Each copy of a letter; they are one. */
    void add(DeadLetter letter) {
      if (ids.add(letter.id())) {
        byReason.merge(letter.reason(), 1, Integer::sum);
        byService.merge(Objects.requireNonNullElse(letter.service(), ""), 1, Integer::sum);
        Item listed = Item.of(letter, shownBytes);
        latest.add(listed.letter());
        shown.put(letter.id(), listed);
        if (latest.size() > limit) {
          shown.remove(latest.remove().id());
        }
      } else {
        shown.computeIfPresent(
            letter.id(), (id, listed) -> listed.and(Item.of(letter, shownBytes)));
      }
    }

    DeadLetterList list(int scanned, boolean complete, DeadLetterQueue.Depth depth) {
      List<Item> letters =
          shown.values().stream().sorted(Comparator.comparing(Item::letter, LATEST_FIRST)).toList();
      return new DeadLetterList(letters, ids.size(), byReason, byService, scanned, complete, depth);
    }
  }
}
