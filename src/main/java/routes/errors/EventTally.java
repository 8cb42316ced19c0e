package routes.errors;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often each event was dealt with, of the last so many different ones. */
final class EventTally {

  private static final int MAX_KEYS = 50_000;

  private final Map<LogEvent.Key, Integer> counts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LogEvent.Key, Integer> eldest) {
          return size() > MAX_KEYS;
        }
      };

  int count(LogEvent.Key key) {
    return counts.getOrDefault(key, 0);
  }

  void add(LogEvent.Key key) {
    counts.merge(key, 1, Integer::sum);
  }
}
