package routes.kinesis.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The callers whose records can be sent now, first come first served. */
final class ReadyCalls {

  private final RequestLimit limit;
  private final Deque<PublishCall> calls = new ArrayDeque<>();

  ReadyCalls(RequestLimit limit) {
    this.limit = limit;
  }

  void addLast(PublishCall call) {
    calls.addLast(call);
  }

  /** Adds a caller that has waited already, unless there is nothing to send for it now. */
  void addFirst(PublishCall call) {
    if (call.isSendable() && !calls.contains(call)) {
      calls.addFirst(call);
    }
  }

  void remove(PublishCall call) {
    calls.remove(call);
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  /** When the caller in front arrived. */
  long oldestArrival() {
    return calls.getFirst().arrivedAt();
  }

  /** Whether waiting longer would not make the next request any larger, as far as bytes tell. */
  boolean isFull() {
    int records = 0;
    long bytes = 0;
    for (PublishCall call : calls) {
      records += call.waitingRecords();
      bytes += call.waitingBytes();
      if (limit.isReached(records, bytes)) {
        return true;
      }
    }
    return false;
  }

  /** The next request: as many records, in order, as one may carry. */
  Batch take() {
    List<Batch.Part> parts = new ArrayList<>();
    RequestRoom room = limit.room();
    while (!calls.isEmpty()) {
      PublishCall call = calls.getFirst();
      List<PendingRecord> part = call.take(room);
      if (part.isEmpty()) {
        break;
      }
      calls.removeFirst();
      parts.add(new Batch.Part(call, part));
      if (call.waitingRecords() > 0) {
        break;
      }
    }
    return new Batch(parts);
  }
}
