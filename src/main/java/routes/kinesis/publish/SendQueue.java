package routes.kinesis.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import routes.retry.Backoff;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Decides what is sent to one stream next, and when: the rules without threads and without a clock.
 * Times are nanoseconds of one {@link System#nanoTime()}. Not thread-safe.
 *
 * <p>A request leaves when it is full, when nothing else is in flight, or when its first record has
 * lingered long enough. Records that Kinesis refused one by one wait on their own, because their
 * shard is busy and the others are not; when a whole request failed, the stream rests.
 */
final class SendQueue {

  private static final String THROTTLED = "ProvisionedThroughputExceededException";
  private static final String INTERNAL_FAILURE = "InternalFailure";

  private final long lingerNanos;
  private final Backoff backoff;
  private final PublishMetrics metrics;
  private final ReadyCalls ready;
  private final PriorityQueue<Retry> retries =
      new PriorityQueue<>(Comparator.comparingLong(Retry::dueAt));
  private int requestsInFlight;
  private int failuresInARow;
  private long restsUntil;
  private boolean flushing;

  /** Records of one caller that wait for their turn to be sent again. */
  private record Retry(long dueAt, PublishCall call, List<PendingRecord> records) {}

  SendQueue(
      Duration linger, RequestLimit request, Backoff backoff, PublishMetrics metrics, long now) {
    this.lingerNanos = linger.toNanos();
    this.backoff = backoff;
    this.metrics = metrics;
    this.ready = new ReadyCalls(request);
    this.restsUntil = now;
  }

  void offer(PublishCall call) {
    ready.addLast(call);
  }

  /** The next request, or null when it is not yet time for one. */
  @Nullable Batch poll(long now) {
    while (!retries.isEmpty() && retries.peek().dueAt() <= now) {
      Retry retry = retries.remove();
      retry.call().putBack(retry.records());
      ready.addFirst(retry.call());
    }
    if (ready.isEmpty() || nanosUntilReady(now) > 0) {
      return null;
    }
    Batch batch = ready.take();
    requestsInFlight++;
    metrics.sending(batch);
    return batch;
  }

  /** How long until {@link #poll} has something, if nothing happens before. */
  long nanosUntilNext(long now) {
    long retry = retries.isEmpty() ? Long.MAX_VALUE : retries.peek().dueAt() - now;
    return ready.isEmpty() ? retry : Math.min(retry, nanosUntilReady(now));
  }

  /** Kinesis took the request; some records may have been refused. */
  void answered(Batch batch, PutRecordsResponse response, long now) {
    requestsInFlight--;
    failuresInARow = 0;
    Iterator<PutRecordsResultEntry> answers = response.records().iterator();
    for (Batch.Part part : batch.parts()) {
      List<PendingRecord> refused = new ArrayList<>();
      for (PendingRecord record : part.records()) {
        PutRecordsResultEntry answer = answers.next();
        if (answer.errorCode() == null) {
          record.acknowledged(answer);
          metrics.acknowledged(record.size());
        } else {
          refuse(part.call(), record, answer);
          refused.add(record);
        }
      }
      part.call().landed();
      if (!refused.isEmpty() && !part.call().isOver()) {
        retries.add(new Retry(now + backoffFor(refused), part.call(), refused));
      }
      ready.addFirst(part.call());
    }
  }

  /** The whole request failed. */
  void failed(Batch batch, SendFailure failure, long now) {
    requestsInFlight--;
    if (failure.passing() && now >= restsUntil) {
      failuresInARow++;
      restsUntil = now + backoff.nanosAfter(failuresInARow);
    }
    batch.records().forEach(record -> fail(record, failure));
    List<Batch.Part> parts = batch.parts();
    for (int i = parts.size() - 1; i >= 0; i--) {
      PublishCall call = parts.get(i).call();
      call.landed();
      if (failure.passing()) {
        call.failed(failure.cause());
        call.putBack(parts.get(i).records());
        ready.addFirst(call);
      } else {
        call.refuse(failure.cause());
      }
    }
  }

  /** Forgets what of this caller was not sent. */
  void remove(PublishCall call) {
    ready.remove(call);
    retries.removeIf(retry -> retry.call() == call);
  }

  /** From now on nothing lingers. */
  void flush() {
    flushing = true;
  }

  /** Nothing waits to be sent. */
  boolean isEmpty() {
    return ready.isEmpty() && retries.isEmpty();
  }

  /** Nothing waits and nothing is in flight. */
  boolean isDrained() {
    return isEmpty() && requestsInFlight == 0;
  }

  private long nanosUntilReady(long now) {
    boolean lingers = !flushing && requestsInFlight > 0 && !ready.isFull();
    long linger = lingers ? ready.oldestArrival() + lingerNanos - now : 0;
    return Math.max(linger, restsUntil - now);
  }

  private long backoffFor(List<PendingRecord> refused) {
    return backoff.nanosAfter(
        refused.stream().mapToInt(PendingRecord::refusals).max().orElseThrow());
  }

  private void refuse(PublishCall call, PendingRecord record, PutRecordsResultEntry answer) {
    call.failed(new EntryRefusedException(answer));
    record.refused();
    if (answer.errorCode().equals(THROTTLED)) {
      metrics.throttled();
    }
    if (answer.errorCode().equals(INTERNAL_FAILURE)) {
      record.answerLost();
    }
  }

  private void fail(PendingRecord record, SendFailure failure) {
    if (failure.answerLost()) {
      record.answerLost();
    }
    if (failure.throttled()) {
      metrics.throttled();
    }
  }

  /** What Kinesis answered for one record of a request that otherwise succeeded. */
  private static final class EntryRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    EntryRefusedException(PutRecordsResultEntry answer) {
      // Thrown nowhere, only told to the caller as a cause: a stack trace would say nothing.
      super(answer.errorCode() + ": " + answer.errorMessage(), null, false, false);
    }
  }
}
