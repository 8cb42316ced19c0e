package routes;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.camel.main.Main;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import routes.cloud.AwsClients;
import routes.delivery.DeliveryCounts;
import routes.delivery.FlushLimits;
import routes.delivery.ObjectChains;
import routes.delivery.OpenBatches;
import routes.leases.LeaseOptions;
import routes.leases.StreamLeases;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.SettingsGuard;
import routes.settings.DeliverySettings;
import routes.settings.Settings;
import routes.settings.ShardCoordination;
import routes.settings.SharingSettings;
import routes.shards.KinesisShardsComponent;
import routes.shards.ReadingStatus;
import routes.shards.ShardAssignment;

/** The beans of delivery that have a state. */
final class DeliveryWiring implements AutoCloseable {

  private static final int PUT_THREADS = 8;
  private static final Duration HAND_OVER = Duration.ofSeconds(30);

  private final ExecutorService putThreads = Threads.pool("put", PUT_THREADS);
  private final DeliveryCounts counts = new DeliveryCounts();
  private final DeliveryBuffer buffer;
  private final OpenBatches open;
  private final ObjectChains chains;
  private final Optional<StreamLeases> leases;
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
    leases = leases(settings, aws);
    shards =
        new KinesisShardsComponent(
            aws.kinesis(),
            checkpoints,
            buffer,
            leases.map(StreamLeases::assignment).orElse(ShardAssignment.ALL),
            shard -> open.closeAll(shard, aggregator::forceCompletionOfGroup));
    main.bind("open-batches", open);
    main.bind("object-chains", chains);
    main.bind("put-controller", aggregator);
    main.bind("put-threads", putThreads);
    main.bind("kinesis-shards", shards);
  }

  /** To be called once the routes run, which take the shards that are then given. */
  void start() {
    leases.ifPresent(StreamLeases::start);
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

  /** Throws when the shards that this process is to read cannot be known, if others decide that. */
  Optional<Runnable> leasesProbe() {
    return leases.map(StreamLeases::probe);
  }

  private static Optional<StreamLeases> leases(Settings settings, AwsClients aws) {
    SharingSettings sharing = settings.sharing();
    if (!settings.role().delivers() || sharing.coordination() == ShardCoordination.NONE) {
      return Optional.empty();
    }
    return Optional.of(
        new StreamLeases(
            aws.forLeases(sharing.dynamoDb().orElse(null)),
            new LeaseOptions(
                settings.kinesis().streamName(),
                sharing.application(),
                sharing.lease(),
                HAND_OVER,
                sharing.metrics())));
  }

  /** To be called once the routes have stopped and all that was read is delivered. */
  @Override
  public void close() {
    leases.ifPresent(StreamLeases::close);
    putThreads.shutdownNow();
  }
}
