package routes.local.logs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first events of those it is shown in any order, or the last: as many as an answer may have,
 * and of more than that it holds none.
 */
final class EventPage {

  private static final int MAX_BYTES = 1 << 20;

  private final boolean fromHead;
  private final Comparator<String> order;
  private final int limit;
  private final @Nullable String after;
  private final TreeMap<String, ReadEvent> events;
  private @Nullable String cut;
  private int bytes;

  /**
   * @param fromHead whether the first events are wanted
   * @param after the id that they follow, in the order in which they are wanted; null = any
   */
  EventPage(boolean fromHead, int limit, @Nullable String after) {
    this.fromHead = fromHead;
    this.order = fromHead ? Comparator.naturalOrder() : Comparator.reverseOrder();
    this.limit = limit;
    this.after = after;
    this.events = new TreeMap<>(order);
  }

  boolean isFromHead() {
    return fromHead;
  }

  /** Whether there may be more behind it. */
  boolean isFull() {
    return cut != null || events.size() == limit;
  }

  /** Whether neither an id nor any that comes behind it will be on the page. */
  boolean isBefore(String id) {
    return isFull() && order.compare(id, events.lastKey()) > 0;
  }

  void show(ReadEvent event) {
    String id = event.id();
    if ((after != null && order.compare(id, after) <= 0)
        || (cut != null && order.compare(id, cut) >= 0)) {
      return;
    }
    events.put(id, event);
    bytes += event.bytes();
    while (events.size() > limit || (bytes > MAX_BYTES && events.size() > 1)) {
      ReadEvent last = events.pollLastEntry().getValue();
      bytes -= last.bytes();
      cut = last.id();
    }
  }

  /** In the order of time. */
  List<ReadEvent> inOrder() {
    List<ReadEvent> list = new ArrayList<>(events.values());
    list.sort(Comparator.comparing(ReadEvent::id));
    return list;
  }
}
