package routes.errors;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import routes.ledger.Position;
import routes.stream.StreamRead;
import routes.stream.StreamRecord;

/** What one reader of a shard puts into the shard's log stream. For one thread at a time. */
final class ShardEvents {

  /** For clocks that differ, and a reader before this one that has not noticed that it is gone. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private static final int MAX_EVENTS = 10_000;
  private static final long MAX_BYTES = 1 << 20;

  /** They may span that, and no more. */
  private static final long MAX_SPAN_MILLIS = Duration.ofHours(24).toMillis();

  /** What is delivered of a shard is so of any group, as nothing here is delivered out of order. */
  private static final String GROUP = "";

  private final String logStream;
  private final Instant doubtUntil;
  private final EventTally tally = new EventTally();

  /** Whoever may give it again has it, and nobody else needs its records any more. */
  private WeakReference<StreamRead> underWay = new WeakReference<>(null);

  private List<EventCall> calls = List.of();

  /**
   * @param now what arrived before may have been put by another reader, whose checkpoint does not
   *     say so
   */
  ShardEvents(String logStream, Instant now) {
    this.logStream = logStream;
    this.doubtUntil = now.plus(SLACK);
  }

  /** Whether this part of a read was begun and may be done in part. */
  boolean isUnderWay(StreamRead read) {
    return underWay.refersTo(read);
  }

  /** The calls that are left of what was begun last. */
  List<EventCall> left() {
    return calls.stream().filter(call -> !call.isDone()).toList();
  }

  /** Begins with some records of a part of a read. */
  void begin(StreamRead read, List<StreamRecord> records) {
    Position delivered = read.ledger().deliveredTo(GROUP);
    List<LogEvent> events = new ArrayList<>();
    boolean doubtful = false;
    for (StreamRecord record : records) {
      LogEvent event = LogEvent.of(record.record());
      if (record.position().isAfter(delivered)) {
        events.add(event);
        doubtful |= !record.arrival().isAfter(doubtUntil);
      } else {
        // Only shown again: what equals it and comes later is the next of its kind.
        tally.add(event.key());
      }
    }
    List<EventCall> begun = new ArrayList<>();
    for (List<LogEvent> some : cut(events)) {
      begun.add(new EventCall(logStream, some, tally, doubtful));
    }
    underWay = new WeakReference<>(read);
    calls = begun;
  }

  /** Events in the order of time, in as few calls as they fit into. */
  static List<List<LogEvent>> cut(List<LogEvent> events) {
    List<List<LogEvent>> calls = new ArrayList<>();
    List<LogEvent> call = new ArrayList<>();
    long bytes = 0;
    for (LogEvent event :
        events.stream().sorted(Comparator.comparingLong(LogEvent::millis)).toList()) {
      if (!call.isEmpty()
          && (call.size() == MAX_EVENTS
              || bytes + event.bytes() > MAX_BYTES
              || event.millis() - call.get(0).millis() > MAX_SPAN_MILLIS)) {
        calls.add(call);
        call = new ArrayList<>();
        bytes = 0;
      }
      call.add(event);
      bytes += event.bytes();
    }
    if (!call.isEmpty()) {
      calls.add(call);
    }
    return calls;
  }
}
