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

/** The latest of many letters, so many at most, and how many there are of each kind. */
final class LatestLetters {

  private static final Comparator<DeadLetter> LATEST_FIRST =
      Comparator.comparing(DeadLetter::at).reversed().thenComparing(DeadLetter::id);

  private final PriorityQueue<DeadLetter> latest = new PriorityQueue<>(LATEST_FIRST.reversed());
  private final Map<String, DeadLetterList.Item> shown = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final Map<String, Integer> byReason = new TreeMap<>();
  private final Map<String, Integer> byService = new TreeMap<>();
  private final int limit;
  private final int shownBytes;

  /**
   * @param shownBytes at most so many bytes of each record are kept
   */
  LatestLetters(int limit, int shownBytes) {
    this.limit = limit;
    this.shownBytes = shownBytes;
  }

  /** Each copy of a letter; they are one. */
  void add(DeadLetter letter) {
    if (ids.add(letter.id())) {
      byReason.merge(letter.reason(), 1, Integer::sum);
      byService.merge(Objects.requireNonNullElse(letter.service(), ""), 1, Integer::sum);
      DeadLetterList.Item listed = DeadLetterList.Item.of(letter, shownBytes);
      latest.add(listed.letter());
      shown.put(letter.id(), listed);
      if (latest.size() > limit) {
        shown.remove(latest.remove().id());
      }
    } else {
      shown.computeIfPresent(
          letter.id(), (id, listed) -> listed.and(DeadLetterList.Item.of(letter, shownBytes)));
    }
  }

  DeadLetterList list(int scanned, boolean complete, DeadLetterQueue.Depth depth) {
    List<DeadLetterList.Item> letters =
        shown.values().stream()
            .sorted(Comparator.comparing(DeadLetterList.Item::letter, LATEST_FIRST))
            .toList();
    return new DeadLetterList(letters, ids.size(), byReason, byService, scanned, complete, depth);
  }
}
