package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import routes.access.AccessKeys;
import routes.access.TokenGuard;
import routes.cloud.AwsClients;
import routes.delivery.ObjectChains;
import routes.delivery.OpenBatches;
import routes.intake.ApiKeys;
import routes.intake.IntakeDoor;
import routes.intake.IntakeGate;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.SettingsGuard;
import routes.partition.PartitionValue;
import routes.publish.PartitionKeys;
import routes.publish.PublishSettings;
import routes.publish.PublishingKinesisClient;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.settings.Settings;
import routes.shards.KinesisShardsComponent;

/**
 * The YAML routes, running: Camel with the settings, the AWS clients and those beans bound that
 * have a state of their own. The other beans stand in {@code beans.yaml}.
 */
final class PipelineRoutes implements AutoCloseable {

  /** What Kinesis takes in a record, less the longest partition key. */
  private static final int MAX_RECORD_BYTES = (1 << 20) - 1024;

  private static final int PUT_THREADS = 8;
  private static final int PUBLISH_THREADS = 64;

  private final Main main = new Main();
  private final IntakeDoor intakeDoor = new IntakeDoor(this::isServing);
  private final PublishingKinesisClient publisher;

  private PipelineRoutes(Settings settings, Endpoints endpoints, AwsClients aws) {
    publisher = new PublishingKinesisClient(aws.publishingKinesis(), PublishSettings.defaults());
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    main.addMainListener(new SettingsOnly());
    settings.asProperties().forEach(main::addOverrideProperty);
    main.addOverrideProperty("ingest.port", Integer.toString(endpoints.ingest()));
    main.addOverrideProperty("dashboard.port", Integer.toString(endpoints.dashboard()));
    main.bind("s3", aws.s3());
    main.bind("sqs", aws.sqs());
    main.bind("kinesis-publisher", publisher);
    main.bind("record-parser", recordParser(settings));
    bindIntake(settings);
    bindDelivery(settings, aws);
  }

  static PipelineRoutes start(Settings settings, Endpoints endpoints, AwsClients aws)
      throws Exception {
    PipelineRoutes routes = new PipelineRoutes(settings, endpoints, aws);
    routes.main.start();
    if (settings.role().takesIn()) {
      routes.answerFailures(endpoints.ingest());
    }
    return routes;
  }

  private static RecordParser recordParser(Settings settings) {
    return new RecordParser(FieldNames.DEFAULT, limits(settings), PartitionValue::objection);
  }

  private static RecordLimits limits(Settings settings) {
    return new RecordLimits(
        MAX_RECORD_BYTES, RecordLimits.DEFAULT.maxDepth(), settings.delivery().maxFuture());
  }

  private void bindIntake(Settings settings) {
    main.bind("partition-keys", new PartitionKeys(Map.of()));
    main.bind("intake-gate", new IntakeGate(settings.kinesis().enabled(), publisher));
    main.bind("api-keys", new ApiKeys(new AccessKeys(settings.intake().apiKeys())));
    main.bind(
        "http-servers",
        new HttpServers(
            intakeDoor::enter,
            new TokenGuard(new AccessKeys(settings.dashboard().token().stream().toList()))));
    main.bind("publish-threads", Executors.newFixedThreadPool(PUBLISH_THREADS));
  }

  private void bindDelivery(Settings settings, AwsClients aws) {
    DeliveryBuffer buffer = new DeliveryBuffer(settings.delivery().bufferBytes());
    OpenBatches open = new OpenBatches(buffer, settings.delivery().flushInterval().toMillis());
    AggregateController aggregator = new DefaultAggregateController();
    buffer.whenFull(() -> open.closeLargest(aggregator::forceCompletionOfGroup));
    main.bind("open-batches", open);
    main.bind("object-chains", new ObjectChains(open, buffer));
    main.bind("put-controller", aggregator);
    main.bind("put-threads", Executors.newFixedThreadPool(PUT_THREADS));
    main.bind(
        "kinesis-shards",
        new KinesisShardsComponent(aws.kinesis(), checkpoints(settings, aws), buffer));
  }

  private static CheckpointStore checkpoints(Settings settings, AwsClients aws) {
    String rules = FieldNames.DEFAULT + " " + limits(settings);
    String fingerprint = Hashing.sha256().hashString(rules, UTF_8).toString();
    return new CheckpointStore(
        aws.s3(),
        settings.lake().stateBucket(),
        new SettingsGuard(fingerprint, settings.delivery().acceptsSettingsChange()));
  }

  /** The names of the routes that run, in order. */
  List<String> ids() {
    return main.getCamelContext().getRoutes().stream().map(Route::getRouteId).sorted().toList();
  }

  private boolean isServing() {
    return main.getCamelContext().isStarted();
  }

  private void answerFailures(int port) {
    VertxPlatformHttpRouter.lookup(
            main.getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(port))
        .route()
        .failureHandler(intakeDoor::answerFailure);
  }

  /** Stops the routes gracefully, for as long as {@code camel.main.shutdown-timeout} allows. */
  @Override
  public void close() {
    main.stop();
    publisher.close();
  }
}
