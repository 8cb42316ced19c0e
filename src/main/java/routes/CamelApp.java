package routes;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.app.Part;
import routes.app.Pipeline;
import routes.app.RestingHeap;
import routes.audit.AuditPart;
import routes.cloud.AwsClients;
import routes.cloud.CloudException;
import routes.cloud.CloudPart;
import routes.cloud.ResourceSettings;
import routes.dashboard.DashboardPart;
import routes.dashboard.Sources;
import routes.deadletter.DeadLetterPart;
import routes.delivery.DeliveryPart;
import routes.delivery.Lake;
import routes.delivery.LayerSettings;
import routes.delivery.PutPart;
import routes.demo.DemoPart;
import routes.errors.ErrorsPart;
import routes.http.HttpPart;
import routes.http.RouteHold;
import routes.http.api.DashboardFilter;
import routes.inbox.InboxPart;
import routes.ingest.Admission;
import routes.ingest.IngestPart;
import routes.kafka.GroupPart;
import routes.kinesis.leases.LeasePart;
import routes.kinesis.publish.PublishPart;
import routes.kinesis.read.LayerReading;
import routes.kinesis.read.ShardAssignment;
import routes.kinesis.read.ShardsPart;
import routes.kinesis.read.SharedReads;
import routes.ledger.CheckpointStore;
import routes.ledger.ReceiptStore;
import routes.ledger.SettingsGuard;
import routes.observe.IntakeCounts;
import routes.observe.ObservePart;
import routes.observe.RefusalCounter;
import routes.partition.RecordPart;
import routes.record.RecordParsers;
import routes.reload.ReloadPart;
import routes.reload.RouteFiles;
import routes.settings.Cloud;
import routes.settings.Role;
import routes.settings.Secret;
import routes.signal.Layer;
import routes.signal.Signal;
import routes.speed.SpeedPart;
import routes.spool.SpoolPart;

/** The ingestion service: the cloud it was told to use, and the routes on top of it. */
public final class CamelApp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CamelApp.class);

  static {
    // Nothing here is served from files by Vert.x, and the folder that each one, Camel's among
    // them, makes for that under the temporary folder would outlive a killed process.
    System.setProperty("vertx.disableFileCaching", "true");
    System.setProperty("vertx.disableFileCPResolving", "true");
  }

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Settings settings;
  private final List<Part> parts = new ArrayList<>();
  private Endpoints endpoints = Endpoints.NONE;
  private volatile boolean up;

  private CamelApp(Settings settings) {
    this.settings = settings;
  }

  public static void main(String[] args) {
    CommandLine.run(
        List.of(args),
        settings -> {
          Runtime.getRuntime().addShutdownHook(new Thread(start(settings)::close, "stop"));
          RestingHeap.giveBack();
        });
  }

  /**
   * Starts everything; it serves when this returns.
   *
   * @throws CloudException when the cloud, a port or a folder cannot be used as set
   * @throws Exception whatever else kept it from starting; what had started is closed again
   */
  public static CamelApp start(Settings settings) throws Exception {
    CamelApp app = new CamelApp(settings);
    try {
      app.startAll();
      return app;
    } catch (Exception | Error failure) {
      app.close();
      throw failure;
    }
  }

  /** Where it can be reached. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** Stops intake, flushes what is open and then closes the rest. Closing again does nothing. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    while (!running.isEmpty()) {
      AutoCloseable part = running.pop();
      try {
        part.close();
      } catch (Exception failure) {
        LOG.error("{} did not stop cleanly", part.getClass().getSimpleName(), failure);
      }
    }
    if (up) {
      LOG.info("camel-app is down");
    }
  }

  private void startAll() throws Exception {
    List<String> summary = new ArrayList<>(List.of("camel-app is up"));
    if (settings.role() == Role.DEMO) {
      DemoPart demo = opened(demo());
      demo.start();
      summary.add("  " + demo.summary());
    } else {
      ChosenCloud cloud = opened(ChosenCloud.start(settings));
      endpoints = Endpoints.choose(settings, cloud.port());
      cloud.summary().lines().forEach(line -> summary.add("  " + line));
      if (settings.role().runsRoutes()) {
        addParts(opened(cloud.clients()));
        opened(Pipeline.start(settings.properties(), parts));
        parts.stream()
            .flatMap(part -> part.summary().lines())
            .forEach(line -> summary.add("  " + line));
      }
    }
    up = true;
    summary.forEach(LOG::info);
  }

  /** The floors of the app, each after those it builds on. */
  private void addParts(AwsClients aws) throws Exception {
    Role role = settings.role();
    boolean embedded = settings.aws().cloud() == Cloud.EMBEDDED;
    ResourceSettings resources = settings.resources();
    RouteHold hold = new RouteHold();
    RouteFiles files = new RouteFiles(Clock.systemUTC());
    IntakeCounts counts = new IntakeCounts();
    add(new CloudPart(aws, settings.aws(), resources));
    RecordPart records = add(new RecordPart(settings.records()));
    RecordParsers streamParsers = records.streamParsers();

    PublishPart publish =
        add(
            new PublishPart(
                settings.publish(),
                resources.signals(),
                aws.publishingKinesis(),
                new ReceiptStore(aws.s3(), resources.state())));
    InboxPart inbox =
        add(
            new InboxPart(
                records.parsers(),
                role.takesIn() ? Optional.of(settings.intake().inboxDir()) : Optional.empty()));
    Admission admission = new Admission(settings.publish().enabled(), publish.publisher());
    RefusalCounter refusals = add(new RefusalCounter());
    IngestPart ingest =
        add(
            new IngestPart(
                settings.intake(),
                records.parsers(),
                admission,
                counts::rejected,
                endpoints.ingest() == 0
                    ? ""
                    : settings.scheme()
                        + "://%s:%s"
                            .formatted(settings.intake().http().host(), endpoints.ingest())));
    add(
        new HttpPart(
            settings.intake().http(),
            settings.tls(),
            endpoints.ingest(),
            endpoints.grpc(),
            ingest.protocols(),
            refusals,
            hold,
            new DashboardFilter(settings.dashboard())));

    LeasePart leases = add(new LeasePart(settings.leases(), resources, aws, role.delivers()));
    GroupPart groups =
        add(new GroupPart(settings.kafka(), settings.leases(), resources, role.delivers()));
    PutPart puts = add(new PutPart(settings.delivery(), aws, resources));
    SettingsGuard guard =
        new SettingsGuard(records.settings(), settings.delivery().acceptsSettingsChange());
    SpoolPart spool = add(new SpoolPart(settings.delivery().spool()));
    List<Lake> lakes = new ArrayList<>();
    Map<Layer, LayerReading> readings = new EnumMap<>(Layer.class);
    for (LayerSettings layered : settings.delivery().layers()) {
      Layer layer = layered.layer();
      DeliveryPart delivery =
          add(new DeliveryPart(layered, resources.signals(layer), streamParsers, spool.spool()));
      lakes.add(delivery.lake());
      readings.put(
          layer,
          new LayerReading(
              new CheckpointStore(aws.s3(), resources.state(), layer, guard),
              delivery.lake().buffer(),
              stream -> assignment(layer, stream, groups, leases),
              delivery::closeAll));
    }
    ErrorsPart errors =
        add(
            new ErrorsPart(
                settings.errors(),
                role.delivers(),
                settings.aws().createResources(),
                aws,
                resources,
                settings.records().names(),
                settings.delivery().layers().get(0).bufferBytes(),
                stream -> assignment(Layer.RAW, stream, groups, leases)));
    errors.reading().ifPresent(reading -> readings.put(Layer.ERRORS, reading));
    SharedReads reads =
        new SharedReads(aws.kinesis(), readings.size() + (settings.speed().enabled() ? 1 : 0));
    ShardsPart shards = add(new ShardsPart(resources, reads, streamParsers, readings));

    SpeedPart speed =
        add(
            new SpeedPart(
                settings.speed(),
                resources,
                reads,
                streamParsers,
                settings.delivery().layers().get(0).bufferBytes(),
                stream -> assignment(Layer.RAW, stream, groups, leases)));
    DeadLetterPart deadLetters =
        add(
            new DeadLetterPart(
                resources,
                aws,
                records.parsers(),
                records.editor(),
                // Looking means receiving, which a role is granted together with the token.
                embedded || settings.dashboard().token().isPresent(),
                admission::requireOpen));
    AuditPart audit = add(new AuditPart(role.delivers(), resources, aws, shards));
    add(
        new ObservePart(
            role,
            aws,
            resources,
            counts,
            publish,
            admission::health,
            inbox,
            leases,
            lakes,
            puts,
            shards,
            errors,
            speed.reading(),
            deadLetters.watch()));
    DemoPart demo = demo();
    add(
        new DashboardPart(
            new Sources(
                role,
                settings.aws(),
                resources,
                settings.records(),
                settings.routes(),
                files,
                settings.dashboard(),
                settings.scheme(),
                URI.create("http://localhost:" + endpoints.localCloud()),
                URI.create(settings.scheme() + "://localhost:" + endpoints.ingest()),
                aws,
                records.parsers().of(Signal.LOGS),
                deadLetters.service(),
                settings.delivery().layers().get(0).flushInterval(),
                embedded
                    ? Optional.of(settings.localCloud().dataDir().resolve("dashboard"))
                    : Optional.empty(),
                speed::figures,
                request -> audit.report(),
                demo::start),
            endpoints.dashboard()));
    add(new ReloadPart(settings.routes(), role, hold, files));
    add(demo);
  }

  private static ShardAssignment assignment(
      Layer layer, String stream, GroupPart groups, LeasePart leases) {
    return groups.assignment(layer, stream).orElseGet(() -> leases.assignment(layer, stream));
  }

  private DemoPart demo() {
    int port = endpoints.ingest() == 0 ? settings.intake().http().port() : endpoints.ingest();
    return new DemoPart(
        settings.demo(),
        settings.dashboard(),
        settings.aws().cloud(),
        settings.tls(),
        URI.create(settings.scheme() + "://localhost:" + port),
        settings.intake().http().apiKeys().stream().findFirst().map(Secret::text));
  }

  private <T extends Part> T add(T part) {
    parts.add(part);
    return part;
  }

  private <T extends AutoCloseable> T opened(T service) {
    running.push(service);
    return service;
  }
}
