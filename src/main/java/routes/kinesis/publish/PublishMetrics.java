package routes.kinesis.publish;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.concurrent.atomic.LongAdder;
import routes.memory.ByteBudget;

/** What was sent since the start, and what waits now. */
@ThreadSafe
public final class PublishMetrics {

  private final LongAdder records = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder putCalls = new LongAdder();
  private final LongAdder throttledEntries = new LongAdder();
  private final LongAdder retries = new LongAdder();

  private final ByteBudget budget;

  PublishMetrics(ByteBudget budget) {
    this.budget = budget;
  }

  /** Data and partition keys of the callers not yet answered; the only number that also falls. */
  public long inFlightBytes() {
    return budget.used();
  }

  /** How many such bytes there may be; who brings more has to wait. */
  public long inFlightLimitBytes() {
    return budget.limit();
  }

  /** Records acknowledged by Kinesis. */
  public long records() {
    return records.sum();
  }

  /** Data and partition keys of the records acknowledged. */
  public long bytes() {
    return bytes.sum();
  }

  /** {@code PutRecords} requests made. */
  public long putCalls() {
    return putCalls.sum();
  }

  /** Records refused because a shard's throughput was exceeded, counted at each refusal. */
  public long throttledEntries() {
    return throttledEntries.sum();
  }

  /** Records sent again, counted each time. */
  public long retries() {
    return retries.sum();
  }

  void acknowledged(int size) {
    records.increment();
    bytes.add(size);
  }

  void throttled() {
    throttledEntries.increment();
  }

  void sending(Batch batch) {
    putCalls.increment();
    retries.add(batch.recordsSentBefore());
  }
}
