package routes.kinesis.publish;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.retry.Attempts;
import routes.retry.Backoff;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** Sends to one stream: callers wait while a fixed number of threads send. */
@ThreadSafe
final class StreamPublisher {

  /** The stream a request names, by name or by ARN. */
  record StreamId(@Nullable String name, @Nullable String arn) {

    @Override
    public String toString() {
      return name != null ? name : String.valueOf(arn);
    }
  }

  private final KinesisClient kinesis;
  private final StreamId stream;
  private final Duration deadline;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();

  @GuardedBy("lock")
  private final SendQueue queue;

  private final ExecutorService senders;

  @GuardedBy("lock")
  private boolean closing;

  StreamPublisher(
      KinesisClient kinesis,
      StreamId stream,
      PublishTuning settings,
      Backoff backoff,
      PublishMetrics metrics) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.deadline = settings.deadline();
    this.queue =
        new SendQueue(settings.linger(), settings.request(), backoff, metrics, System.nanoTime());
    this.senders =
        Executors.newFixedThreadPool(
            settings.requestsInFlight(),
            new ThreadFactoryBuilder()
                .setNameFormat("kinesis-put-" + stream + "-%d")
                .setDaemon(true)
                .build());
    for (int i = 0; i < settings.requestsInFlight(); i++) {
      senders.execute(this::sendUntilClosed);
    }
  }

  /**
   * Sends all records of a caller and waits until they are acknowledged.
   *
   * @param calls that may be sent at the same time
   * @throws PublishUnavailableException when some were not acknowledged in time
   * @throws PublishRefusedException when Kinesis will not take them
   */
  void publish(List<PublishCall> calls, long deadlineAt) {
    if (!enqueue(calls)) {
      throw unavailable(withdraw(calls), "is being closed", null);
    }
    try {
      for (PublishCall call : calls) {
        call.outcome().get(deadlineAt - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      withdraw(calls);
    } catch (ExecutionException e) {
      throw refused(withdraw(calls), Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      Delivery delivery = withdraw(calls);
      if (!delivery.isComplete()) {
        throw unavailable(
            delivery,
            "did not acknowledge all within %s ms".formatted(deadline.toMillis()),
            lastFailure(calls));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(withdraw(calls), "was not waited for, the thread was interrupted", e);
    }
  }

  private static @Nullable Throwable lastFailure(List<PublishCall> calls) {
    return calls.stream()
        .map(PublishCall::lastFailure)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Takes no more callers; those waiting are still served. */
  void startClosing() {
    lock.lock();
    try {
      closing = true;
      queue.flush();
      work.signalAll();
    } finally {
      lock.unlock();
    }
    senders.shutdown();
  }

  /** Waits until all callers are served, at most as long as the last one would. */
  void awaitClosed() throws InterruptedException {
    if (!senders.awaitTermination(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
      senders.shutdownNow();
    }
  }

  private boolean enqueue(List<PublishCall> calls) {
    lock.lock();
    try {
      if (closing) {
        return false;
      }
      long now = System.nanoTime();
      long next = queue.nanosUntilNext(now);
      calls.forEach(queue::offer);
      if (queue.nanosUntilNext(now) < next) {
        work.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Delivery withdraw(List<PublishCall> calls) {
    lock.lock();
    try {
      Delivery delivery = Delivery.NONE;
      for (PublishCall call : calls) {
        queue.remove(call);
        delivery = delivery.and(call.withdraw());
      }
      signalIfClosing();
      return delivery;
    } finally {
      lock.unlock();
    }
  }

  private PublishUnavailableException unavailable(
      Delivery delivery, String what, @Nullable Throwable cause) {
    String because = cause == null ? "" : "; last failure: " + Attempts.describe(cause);
    return new PublishUnavailableException(
        "Stream %s %s: %s%s".formatted(stream, what, delivery, because), delivery, cause);
  }

  private PublishRefusedException refused(Delivery delivery, Throwable cause) {
    return new PublishRefusedException(
        "Stream %s refused records: %s; %s".formatted(stream, delivery, Attempts.describe(cause)),
        delivery,
        cause);
  }

  private void sendUntilClosed() {
    try {
      for (Batch batch = next(); batch != null; batch = next()) {
        send(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Batch next() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        long now = System.nanoTime();
        Batch batch = queue.poll(now);
        if (batch != null) {
          if (!queue.isEmpty()) {
            work.signal();
          }
          return batch;
        }
        if (closing && queue.isDrained()) {
          return null;
        }
        long unused = work.awaitNanos(queue.nanosUntilNext(now));
      }
    } finally {
      lock.unlock();
    }
  }

  private void send(Batch batch) {
    try {
      PutRecordsResponse response =
          kinesis.putRecords(
              PutRecordsRequest.builder()
                  .streamName(stream.name())
                  .streamARN(stream.arn())
                  .records(batch.entries())
                  .build());
      requireAnswerForEach(batch, response);
      landed(sent -> sent.answered(batch, response, System.nanoTime()));
    } catch (RuntimeException | Error e) {
      // Whatever it is, the callers must hear of it, and this thread must live on for others.
      landed(sent -> sent.failed(batch, SendFailure.of(e), System.nanoTime()));
    }
  }

  private void landed(Consumer<SendQueue> outcome) {
    lock.lock();
    try {
      outcome.accept(queue);
      signalIfClosing();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void signalIfClosing() {
    if (closing) {
      work.signalAll();
    }
  }

  private static void requireAnswerForEach(Batch batch, PutRecordsResponse response) {
    long sent = batch.records().count();
    if (response.records().size() != sent) {
      throw SdkClientException.create(
          "PutRecords answered for %s of %s records".formatted(response.records().size(), sent));
    }
  }
}
