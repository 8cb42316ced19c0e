package routes.faults;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What was sent, and what of it was acknowledged. Thread-safe. */
final class SentRecords {

  private final Map<String, Line> sent = new ConcurrentHashMap<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  /** To be called before sending. */
  void sending(Collection<Line> lines) {
    lines.forEach(line -> sent.put(line.number(), line));
  }

  void acknowledged(Collection<Line> lines) {
    lines.forEach(line -> acknowledged.add(line.number()));
  }

  Map<String, Line> sent() {
    return Map.copyOf(sent);
  }

  /** The numbers of the records that the application has taken responsibility for. */
  Set<String> acknowledged() {
    return new TreeSet<>(acknowledged);
  }
}
