package routes.publish;

import java.util.concurrent.ExecutorService;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.app.Threads;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The way onto the stream. */
public final class PublishPart implements Part {

  private static final int THREADS = 128;

  private final ExecutorService threads = Threads.pool("publish", THREADS);
  private final PublishSettings settings;
  private final PublishingKinesisClient publisher;

  /**
   * @param kinesis makes each call once, as the publisher repeats them itself
   */
  public PublishPart(PublishSettings settings, KinesisClient kinesis) {
    this.settings = settings;
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
    main.bind("partition-keys", new PartitionKeys(settings.keySpread()));
  }

  @Override
  public void close() {
    threads.shutdown();
    publisher.close();
  }
}
