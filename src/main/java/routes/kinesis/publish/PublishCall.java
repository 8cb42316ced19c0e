package routes.kinesis.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import routes.memory.ByteBudget;

/**
 * Records of one caller that keep their order. At most one part of them is in flight, so they do as
 * long as nothing is refused. Guarded by its stream's lock, except for {@link #outcome()}.
 */
final class PublishCall {

  private final List<PendingRecord> records;
  private final Deque<PendingRecord> waiting;
  private final ByteBudget.Reservation room;
  private final long arrivedAt;
  private final CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
  private long waitingBytes;
  private List<PendingRecord> inFlight = List.of();
  private boolean withdrawn;
  private @Nullable Throwable lastFailure;

  PublishCall(List<PendingRecord> records, ByteBudget.Reservation room, long arrivedAt) {
    this.records = records;
    this.waiting = new ArrayDeque<>(records);
    this.room = room;
    this.arrivedAt = arrivedAt;
    this.waitingBytes = records.stream().mapToLong(PendingRecord::size).sum();
  }

  long arrivedAt() {
    return arrivedAt;
  }

  /** Completes when all records are acknowledged, or fails when sending them again cannot help. */
  CompletableFuture<@Nullable Void> outcome() {
    return outcome;
  }

  int waitingRecords() {
    return waiting.size();
  }

  long waitingBytes() {
    return waitingBytes;
  }

  /** Whether a part of it could be sent now. */
  boolean isSendable() {
    return inFlight.isEmpty() && !waiting.isEmpty() && !isOver();
  }

  /** Takes as many of the next records as there is room for; from here on they are in flight. */
  List<PendingRecord> take(RequestRoom request) {
    List<PendingRecord> part = new ArrayList<>();
    while (!waiting.isEmpty() && request.take(waiting.getFirst())) {
      PendingRecord next = waiting.removeFirst();
      waitingBytes -= next.size();
      next.sending();
      part.add(next);
    }
    inFlight = part;
    return part;
  }

  /** The part in flight was answered, or never will be. */
  void landed() {
    inFlight = List.of();
    if (withdrawn) {
      room.release();
    } else if (records.stream().allMatch(record -> record.receipt() != null)) {
      outcome.complete(null);
    }
  }

  /** Puts records that must be sent again before all others. */
  void putBack(List<PendingRecord> again) {
    for (int i = again.size() - 1; i >= 0; i--) {
      waiting.addFirst(again.get(i));
      waitingBytes += again.get(i).size();
    }
  }

  /** Remembers why something must be sent again, for as long as the caller wants to know. */
  void failed(Throwable failure) {
    if (!withdrawn) {
      lastFailure = failure;
    }
  }

  @Nullable Throwable lastFailure() {
    return lastFailure;
  }

  /** Ends it: sending the rest again cannot help. */
  void refuse(Throwable failure) {
    outcome.completeExceptionally(failure);
  }

  /** Nobody waits for it any more, or nothing is left to do. */
  boolean isOver() {
    return withdrawn || outcome.isDone();
  }

  /** The caller leaves. Its room is free once nothing of it is in flight. */
  Delivery withdraw() {
    withdrawn = true;
    if (inFlight.isEmpty()) {
      room.release();
    }
    inFlight.forEach(PendingRecord::answerLost);
    int acknowledged = 0;
    int uncertain = 0;
    for (PendingRecord record : records) {
      if (record.receipt() != null) {
        acknowledged++;
      } else if (record.isAnswerLost()) {
        uncertain++;
      }
    }
    return new Delivery(records.size(), acknowledged, uncertain);
  }
}
