package routes.kinesis.read;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.envelope.EnvelopeReader;
import routes.ledger.Checkpoint;
import routes.ledger.DeliveryBuffer;
import routes.ledger.DuplicateWindow;
import routes.ledger.Position;
import routes.ledger.ShardLedger;
import routes.ledger.WindowMemory;
import routes.retry.Attempts;
import routes.retry.SteadyClock;
import routes.stream.ShardStatus;
import routes.stream.StreamRead;
import routes.stream.StreamRecord;
import routes.stream.StreamRejection;

/**
 * Reads one shard from its checkpoint to its end and gives what it reads to the route, one exchange
 * after the other, each again and again until the route takes it.
 */
final class ShardReader implements Runnable {

  /** Takes the records of one read; returning normally means that they are in the route's care. */
  interface Route {
    void take(StreamRead records) throws Exception;
  }

  /** How a shard is read. */
  record Settings(
      int batchSize, long pollMillis, Duration dedupeWindow, WindowMemory windowMemory) {

    DuplicateWindow newWindow() {
      return new DuplicateWindow(dedupeWindow.toMillis(), windowMemory);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(ShardReader.class);

  private final SourceShard shard;
  private final SharedReads reads;
  private final EnvelopeReader envelopes;
  private final ShardCheckpoints checkpoints;
  private final DeliveryBuffer buffer;
  private final Settings settings;
  private final Route route;
  private final Clock clock;
  private final Gaps gaps;
  private final LookBack lookBack;
  private volatile DuplicateWindow window;
  private final ShardLag lag;
  private final Attempts attempts = new Attempts(SteadyClock.OF_PROCESS);
  private final LongAdder bytesRead = new LongAdder();
  private volatile boolean ending;
  private volatile @Nullable Throwable failure;

  /**
   * A reader that has not begun.
   *
   * @param ancestors the shards it came from, all of them finished, the oldest first
   * @param past what is known of them
   * @param clock the time of day
   */
  ShardReader(
      SourceShard shard,
      List<SourceShard> ancestors,
      SharedReads reads,
      EnvelopeReader envelopes,
      ShardCheckpoints checkpoints,
      DeliveryBuffer buffer,
      Settings settings,
      PastWindows past,
      Gaps gaps,
      Clock clock,
      Route route) {
    this.shard = shard;
    this.reads = reads;
    this.envelopes = envelopes;
    this.checkpoints = checkpoints;
    this.buffer = buffer;
    this.settings = settings;
    this.gaps = gaps;
    this.clock = clock;
    this.lag = new ShardLag(clock);
    this.route = route;
    this.window = settings.newWindow();
    this.lookBack =
        new LookBack(
            shard,
            ancestors,
            reads.kinesis(),
            checkpoints,
            settings,
            past,
            attempts,
            clock,
            () -> ending,
            this::give);
  }

  @Override
  public void run() {
    try {
      Checkpoint start =
          attempts.untilDone("load the checkpoint of " + shard, () -> checkpoints.load(shard.id()));
      if (start.finished()) {
        return;
      }
      Instant since = lookBack.show(window, start);
      if (!ending && read(start)) {
        lookBack.keep(window, since);
        window = settings.newWindow();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error unexpected) {
      failure = unexpected;
      LOG.warn(
          "The reader of {} failed: another one begins where it is delivered", shard, unexpected);
    } finally {
      window.close();
    }
  }

  /** What ended it in a way that nobody has thought of, as when memory ran out; else null. */
  @Nullable Throwable failure() {
    return failure;
  }

  /**
   * How it goes.
   *
   * @param retention for how long the stream keeps records
   */
  ShardStatus status(Duration retention) {
    return new ShardStatus(
        shard.id(), lag.now(), window.reachMillis(), attempts.current(), retention);
  }

  /** Asks it to end between two exchanges; interrupt its thread where that takes too long. */
  void end() {
    ending = true;
  }

  /** How many bytes came from Kinesis since this was asked last. */
  long takeBytesRead() {
    return bytesRead.sumThenReset();
  }

  /** Reads on from there and answers whether that was to the shard's end. */
  private boolean read(Checkpoint start) throws InterruptedException {
    ShardLedger ledger =
        attempts.untilDone("open " + shard, () -> checkpoints.open(shard.id(), start));
    lag.of(ledger);
    SharedCursor cursor = new SharedCursor(reads, settings.batchSize(), shard, start.delivered());
    GapWatch watch =
        new GapWatch(
            shard,
            start.delivered(),
            gaps,
            place -> ShardCursor.at(reads.kinesis(), 1, shard, place),
            clock,
            SteadyClock.OF_PROCESS);
    PollPause pause = new PollPause(settings.pollMillis(), SteadyClock.OF_PROCESS);
    while (!ending) {
      ShardRead read = attempts.untilDone("read " + shard, () -> cursor.read(pause.millis()));
      bytesRead.add(read.bytes());
      attempts.untilDone("look for a gap in " + shard, () -> watch.check(read, ledger));
      give(read, shard, ledger, window);
      lag.readTo(read.asOfMillis());
      if (read.end() && !ending) {
        ledger.close();
        return true;
      }
      window.trim();
      Thread.sleep(pause.after(read));
    }
    return false;
  }

  /** Gives a read to the route, part by part; once it is to end, what is left stays unread. */
  private void give(ShardRead read, SourceShard from, ShardLedger ledger, DuplicateWindow shown)
      throws InterruptedException {
    Unpacking.Receiver receiver =
        new Unpacking.Receiver() {
          @Override
          public boolean take(
              List<StreamRecord> records,
              List<StreamRejection> rejections,
              @Nullable KinesisRecord complete)
              throws InterruptedException {
            if (ending) {
              return false;
            }
            if (!records.isEmpty() || !rejections.isEmpty()) {
              give(new StreamRead(from.id(), ledger, shown, records, rejections), from, shown);
            }
            if (complete != null) {
              ledger.readTo(Position.endOf(complete.sequenceNumber()), complete.arrival());
            }
            return !ending;
          }

          @Override
          public void counted(KinesisRecord record, int elements) {
            ledger.count(record.sequenceNumber(), record.arrival(), elements);
          }
        };
    new Unpacking(envelopes, read.hashKeys(), receiver).run(read.records());
  }

  private void give(StreamRead part, SourceShard from, DuplicateWindow shown)
      throws InterruptedException {
    buffer.awaitRoom();
    attempts.untilDone(
        "deliver from " + from,
        () -> {
          route.take(part);
          return part;
        });
    shown.commit();
  }
}
