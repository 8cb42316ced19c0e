package routes;

import java.util.concurrent.ExecutorService;
import org.apache.camel.main.Main;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import routes.cloud.AwsClients;
import routes.delivery.DeliveryCounts;
import routes.delivery.FlushLimits;
import routes.delivery.ObjectChains;
import routes.delivery.OpenBatches;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.SettingsGuard;
import routes.settings.DeliverySettings;
import routes.settings.Settings;
import routes.shards.KinesisShardsComponent;
import routes.shards.ReadingStatus;

/** The beans of delivery that have a state. */
final class DeliveryWiring implements AutoCloseable {

  private static final int PUT_THREADS = 8;

  private final ExecutorService putThreads = Threads.pool("put", PUT_THREADS);
  private final DeliveryCounts counts = new DeliveryCounts();
  private final DeliveryBuffer buffer;
  private final OpenBatches open;
  private final ObjectChains chains;
  private final KinesisShardsComponent shards;

  DeliveryWiring(Main main, Settings settings, RecordRules rules, AwsClients aws) {
    DeliverySettings delivery = settings.delivery();
    buffer = new DeliveryBuffer(delivery.bufferBytes());
    open =
        new OpenBatches(
            buffer,
            new FlushLimits(
                delivery.flushBytes(),
                delivery.flushRecords(),
                delivery.flushInterval().toMillis()));
    chains = new ObjectChains(open, buffer, counts);
    AggregateController aggregator = new DefaultAggregateController();
    buffer.whenFull(() -> open.closeLargest(aggregator::forceCompletionOfGroup));
    CheckpointStore checkpoints =
        new CheckpointStore(
            aws.s3(),
            settings.lake().stateBucket(),
            new SettingsGuard(rules.settings(), delivery.acceptsSettingsChange()));
    shards = new KinesisShardsComponent(aws.kinesis(), checkpoints, buffer);
    main.bind("open-batches", open);
    main.bind("object-chains", chains);
    main.bind("put-controller", aggregator);
    main.bind("put-threads", putThreads);
    main.bind("kinesis-shards", shards);
  }

  DeliveryCounts counts() {
    return counts;
  }

  DeliveryBuffer buffer() {
    return buffer;
  }

  OpenBatches open() {
    return open;
  }

  ObjectChains chains() {
    return chains;
  }

  ReadingStatus reading() {
    return shards.status();
  }

  @Override
  public void close() {
    putThreads.shutdownNow();
  }
}
