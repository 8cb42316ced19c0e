package routes.errors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Events of one shard for one call of PutLogEvents. For one thread at a time. */
public final class EventCall {

  private final String logStream;
  private List<LogEvent> events;
  private final EventTally tally;
  private final EventTally refused = new EventTally();
  private boolean doubtful;

  /**
   * @param events as many as one call takes, in the order of time, at least one
   * @param tally what was dealt with before in this log stream
   * @param doubtful whether some may be there already, put by whom nobody remembers
   */
  EventCall(String logStream, List<LogEvent> events, EventTally tally, boolean doubtful) {
    this.logStream = logStream;
    this.events = events;
    this.tally = tally;
    this.doubtful = doubtful;
  }

  String logStream() {
    return logStream;
  }

  List<LogEvent> events() {
    return events;
  }

  long firstMillis() {
    return events.get(0).millis();
  }

  long lastMillis() {
    return events.get(events.size() - 1).millis();
  }

  boolean isDoubtful() {
    return doubtful;
  }

  /** Nobody knows whether a call with some of these was carried out. */
  void doubt() {
    doubtful = true;
  }

  Set<LogEvent.Key> keys() {
    return events.stream().map(LogEvent::key).collect(Collectors.toSet());
  }

  /** CloudWatch Logs does not take these: they are not missing. */
  void refuse(List<LogEvent> events) {
    events.forEach(event -> refused.add(event.key()));
  }

  /**
   * Those that are missing. Equal events cannot be told apart, but counted: the second of its kind
   * is there when two are.
   *
   * @param there how many of each kind the log stream has
   */
  List<LogEvent> missing(Map<LogEvent.Key, Integer> there) {
    List<LogEvent> missing = new ArrayList<>();
    Map<LogEvent.Key, Integer> here = new HashMap<>();
    for (LogEvent event : events) {
      LogEvent.Key key = event.key();
      int number = tally.count(key) + here.merge(key, 1, Integer::sum);
      if (number > there.getOrDefault(key, 0) + refused.count(key)) {
        missing.add(event);
      }
    }
    return missing;
  }

  /** Each of these is there, or was refused: none is needed any more. */
  void finish() {
    events.forEach(event -> tally.add(event.key()));
    events = List.of();
  }

  boolean isDone() {
    return events.isEmpty();
  }
}
