package routes.kinesis.leases;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.CountDownLatch;
import software.amazon.kinesis.exceptions.KinesisClientLibException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;

/** What the Kinesis Client Library says about one shard, from taking its lease to losing it. */
final class HeldShard implements ShardRecordProcessor {

  private final HeldShards held;
  private final long handOverMillis;
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile String shard = "";
  private volatile boolean handedOver;

  /**
   * @param handOverMillis how long a hand-over may take
   */
  HeldShard(HeldShards held, long handOverMillis) {
    this.held = held;
    this.handOverMillis = handOverMillis;
  }

  String shard() {
    return shard;
  }

  boolean isHandedOver() {
    return handedOver;
  }

  void released() {
    released.countDown();
  }

  @Override
  public void initialize(InitializationInput taken) {
    shard = taken.shardId();
    held.add(this);
  }

  /**
   * Called now and then with the place up to which our own checkpoint is, for all to see. Nobody
   * begins to read there, so that it may be late until it is called again.
   */
  @Override
  public void processRecords(ProcessRecordsInput place) {
    try {
      place.checkpointer().checkpoint();
    } catch (KinesisClientLibException later) {
      HeldShards.LOG.warn("The lease of {} lags behind: {}", shard, later.getMessage());
    }
  }

  @Override
  public void leaseLost(LeaseLostInput lost) {
    held.remove(this);
  }

  /** Called once all of the shard is in the lake: from now on its children may be read. */
  @Override
  public void shardEnded(ShardEndedInput end) {
    try {
      end.checkpointer().checkpoint();
    } catch (KinesisClientLibException notNow) {
      throw new IllegalStateException(
          "Cannot note in the lease table that %s is finished: %s"
              .formatted(shard, notNow.getMessage()),
          notNow);
    }
    held.remove(this);
  }

  /** The lease goes to another worker when this returns. */
  @Override
  public void shutdownRequested(ShutdownRequestedInput handOver) {
    handedOver = true;
    if (held.remove(this)) {
      try {
        boolean inTime = released.await(handOverMillis, MILLISECONDS);
        if (!inTime) {
          HeldShards.LOG.warn("{} goes to another worker unfinished", shard);
        }
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
