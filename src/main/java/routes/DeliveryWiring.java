package routes;

import java.util.concurrent.ExecutorService;
import org.apache.camel.main.Main;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import routes.cloud.AwsClients;
import routes.delivery.ObjectChains;
import routes.delivery.OpenBatches;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.SettingsGuard;
import routes.settings.Settings;
import routes.shards.KinesisShardsComponent;

/** The beans of delivery that have a state. */
final class DeliveryWiring implements AutoCloseable {

  private static final int PUT_THREADS = 8;

  private final ExecutorService putThreads = Threads.pool("put", PUT_THREADS);

  DeliveryWiring(Main main, Settings settings, RecordRules rules, AwsClients aws) {
    DeliveryBuffer buffer = new DeliveryBuffer(settings.delivery().bufferBytes());
    OpenBatches open = new OpenBatches(buffer, settings.delivery().flushInterval().toMillis());
    AggregateController aggregator = new DefaultAggregateController();
    buffer.whenFull(() -> open.closeLargest(aggregator::forceCompletionOfGroup));
    main.bind("open-batches", open);
    main.bind("object-chains", new ObjectChains(open, buffer));
    main.bind("put-controller", aggregator);
    main.bind("put-threads", putThreads);
    CheckpointStore checkpoints =
        new CheckpointStore(
            aws.s3(),
            settings.lake().stateBucket(),
            new SettingsGuard(rules.fingerprint(), settings.delivery().acceptsSettingsChange()));
    main.bind("kinesis-shards", new KinesisShardsComponent(aws.kinesis(), checkpoints, buffer));
  }

  @Override
  public void close() {
    putThreads.shutdownNow();
  }
}
