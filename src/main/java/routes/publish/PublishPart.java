package routes.publish;

import java.util.concurrent.ExecutorService;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.app.Threads;
import routes.signal.Signals;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The way onto the stream. */
public final class PublishPart implements Part {

  private static final int THREADS = 128;

  private final ExecutorService threads = Threads.pool("publish", THREADS);
  private final PublishSettings settings;
  private final Signals signals;
  private final PublishingKinesisClient publisher;

  /**
   * @param signals with their streams
   * @param kinesis makes each call once, as the publisher repeats them itself
   */
  public PublishPart(PublishSettings settings, Signals signals, KinesisClient kinesis) {
    this.settings = settings;
    this.signals = signals;
    publisher =
        new PublishingKinesisClient(
            settings.aggregation() ? new AggregatingKinesisClient(kinesis) : kinesis,
            PublishTuning.withBuffer(settings.bufferBytes()));
  }

  public PublishingKinesisClient publisher() {
    return publisher;
  }

  @Override
  public void bind(Main main) {
    main.bind("kinesis-publisher", publisher);
    main.bind("publish-threads", threads);
    main.bind("partition-keys", new PartitionKeys(settings.keySpread(), signals));
  }

  @Override
  public void close() {
    threads.shutdown();
    publisher.close();
  }
}
