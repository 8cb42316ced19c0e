package routes.kinesis.publish;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.app.Threads;
import routes.ledger.ReceiptStore;
import routes.retry.Attempt;
import routes.retry.PeriodicTask;
import routes.retry.SteadyClock;
import routes.signal.Signals;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The way onto the stream. */
public final class PublishPart implements Part {

  /** What a killed process was acknowledged last is not compared. */
  private static final Duration WRITE = Duration.ofSeconds(20);

  private final PublishSettings settings;
  private final Signals signals;
  private final ScheduledExecutorService timer = Threads.timer("receipts");
  private final PeriodicTask writing = new PeriodicTask(SteadyClock.OF_PROCESS);
  private final ReceiptCounter receipts = new ReceiptCounter();
  private final ReceiptStore store;
  private final PublishTuning tuning;
  private final PublishingKinesisClient publisher;

  /**
   * @param signals with their streams
   * @param kinesis makes each call once, as the publisher repeats them itself
   * @param store is told what Kinesis acknowledged
   */
  public PublishPart(
      PublishSettings settings, Signals signals, KinesisClient kinesis, ReceiptStore store) {
    this.settings = settings;
    this.signals = signals;
    this.store = store;
    tuning = PublishTuning.withBuffer(settings.bufferBytes(), settings.aggregation());
    publisher =
        new PublishingKinesisClient(
            new CountingKinesisClient(
                settings.aggregation() ? new AggregatingKinesisClient(kinesis) : kinesis,
                receipts,
                InstantSource.system()),
            tuning);
  }

  public PublishingKinesisClient publisher() {
    return publisher;
  }

  /** What keeps receipts from being written; publishing goes on without. */
  public Optional<Attempt> failingReceipts() {
    return writing.failing();
  }

  @Override
  public void bind(Main main) {
    main.bind("kinesis-publisher", publisher);
    main.bind("aws2-kinesis", new KeyedRecordsComponent(tuning));
    main.bind("partition-keys", new PartitionKeys(settings.keySpread(), signals));
  }

  @Override
  public void started(CamelContext camel) {
    timer.scheduleWithFixedDelay(
        this::write, WRITE.toSeconds(), WRITE.toSeconds(), TimeUnit.SECONDS);
  }

  /** One at a time, as the last one has all. */
  private synchronized void write() {
    writing.run("write down what Kinesis has acknowledged", () -> receipts.write(store));
  }

  @Override
  public void close() {
    publisher.close();
    timer.shutdown();
    write();
  }
}
