package routes;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import org.apache.camel.support.jsse.SSLContextParameters;
import routes.access.AccessKeys;
import routes.cloud.AwsClients;
import routes.dashboard.web.DashboardDoor;
import routes.inbox.InboxComponent;
import routes.intake.ApiKeys;
import routes.intake.BodyMemory;
import routes.intake.IntakeDoor;
import routes.intake.IntakeGate;
import routes.intake.Refusals;
import routes.intake.RequestBodies;
import routes.intake.datadog.DatadogDialect;
import routes.intake.hec.HecDialect;
import routes.intake.otlp.OtlpDialect;
import routes.publish.AggregatingKinesisClient;
import routes.publish.PartitionKeys;
import routes.publish.PublishMetrics;
import routes.publish.PublishSettings;
import routes.publish.PublishingKinesisClient;
import routes.settings.IntakeLimits;
import routes.settings.Settings;

/** The beans of intake that have a state, and the doors of the HTTP servers. */
final class IntakeWiring implements AutoCloseable {

  private static final int PUBLISH_THREADS = 128;
  private static final int DEAD_LETTER_THREADS = 8;

  private final ExecutorService publishThreads = Threads.pool("publish", PUBLISH_THREADS);
  private final ExecutorService deadLetterThreads =
      Threads.pool("dead-letter", DEAD_LETTER_THREADS);
  private final IntakeVertx vertx;
  private final PublishingKinesisClient publisher;
  private final IntakeDoor door;
  private final IntakeGate gate;
  private final InboxComponent inbox;

  IntakeWiring(Main main, Settings settings, RecordRules rules, AwsClients aws) throws Exception {
    SSLContextParameters tls =
        settings.tls().isPresent() ? TlsKeys.read(settings.tls().get()) : null;
    Refusals refusals =
        new Refusals(
            Map.of(
                "/v1/logs", new OtlpDialect(),
                "/services/collector", new HecDialect(),
                "/api/v2/logs", new DatadogDialect()));
    IntakeLimits limits = settings.intake().limits();
    BodyMemory memory = new BodyMemory(limits.bufferBytes());
    main.bind("body-decoding", new BodyDecoding(limits.bodyBytes(), memory));
    vertx = new IntakeVertx(limits.idleTime());
    door =
        new IntakeDoor(
            () -> main.getCamelContext().isStarted(),
            new RequestBodies(limits.bodyBytes(), memory, limits.requestTime()),
            new ApiKeys(new AccessKeys(settings.intake().apiKeys())),
            refusals,
            new RefusalCounter(main::getCamelContext));
    publisher =
        new PublishingKinesisClient(
            settings.kinesis().aggregation()
                ? new AggregatingKinesisClient(aws.publishingKinesis())
                : aws.publishingKinesis(),
            PublishSettings.withBuffer(settings.kinesis().publishBufferBytes()));
    main.bind("kinesis-publisher", publisher);
    main.bind("publish-threads", publishThreads);
    main.bind("dead-letter-threads", deadLetterThreads);
    main.bind("partition-keys", new PartitionKeys(settings.kinesis().keySpread()));
    gate = new IntakeGate(settings.kinesis().enabled(), publisher);
    main.bind("intake-gate", gate);
    main.bind("refusals", refusals);
    inbox = new InboxComponent(rules.parser());
    main.bind("inbox", inbox);
    main.bind(
        "http-servers",
        new HttpServers(vertx, door::enter, new DashboardDoor(settings.dashboard()), tls));
  }

  IntakeGate gate() {
    return gate;
  }

  InboxComponent inbox() {
    return inbox;
  }

  PublishMetrics metrics() {
    return publisher.metrics();
  }

  /** To be called once the intake's server is up. */
  void answerTheRest(Main main, int port) {
    VertxPlatformHttpRouter router =
        VertxPlatformHttpRouter.lookup(
            main.getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(port));
    router
        .route()
        .last()
        .handler(request -> door.answerUnmatched(request, router))
        .failureHandler(door::answerFailure);
  }

  @Override
  public void close() {
    publishThreads.shutdown();
    deadLetterThreads.shutdown();
    publisher.close();
    vertx.close();
  }
}
