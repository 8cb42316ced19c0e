package routes;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.app.Part;
import routes.app.Pipeline;
import routes.audit.AuditCommand;
import routes.audit.AuditPart;
import routes.backfill.BackfillCommand;
import routes.cloud.AwsClients;
import routes.cloud.AwsSettings;
import routes.cloud.CloudException;
import routes.cloud.CloudPart;
import routes.cloud.ResourceSettings;
import routes.dashboard.DashboardPart;
import routes.dashboard.Sources;
import routes.dashboard.web.DashboardFilter;
import routes.deadletter.DeadLetterPart;
import routes.deadletter.DeadLetterService;
import routes.delivery.DeliveryPart;
import routes.delivery.LayerSettings;
import routes.delivery.PutPart;
import routes.demo.DemoPart;
import routes.demo.load.LoadCommand;
import routes.http.HttpPart;
import routes.http.RouteHold;
import routes.inbox.InboxPart;
import routes.ingest.Admission;
import routes.ingest.IngestPart;
import routes.leases.LeasePart;
import routes.ledger.CheckpointStore;
import routes.ledger.SettingsGuard;
import routes.local.LocalCloud;
import routes.local.LocalCloudSettings;
import routes.local.kinesis.KinesisOptions;
import routes.log.ControlCharacters;
import routes.observe.IntakeCounts;
import routes.observe.ObservePart;
import routes.observe.RefusalCounter;
import routes.partition.RecordPart;
import routes.publish.PublishPart;
import routes.record.RecordParser;
import routes.record.RecordParsers;
import routes.reload.ReloadPart;
import routes.reload.RouteFiles;
import routes.reload.RouteProblem;
import routes.settings.Cloud;
import routes.settings.Role;
import routes.settings.Secret;
import routes.settings.SettingsException;
import routes.settings.SettingsReader;
import routes.shards.LayerReading;
import routes.shards.ShardsPart;
import routes.signal.Layer;
import routes.signal.Signal;
import routes.speed.SpeedPart;

/** The ingestion service: the cloud it was told to use, and the routes on top of it. */
public final class CamelApp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CamelApp.class);
  private static final int CANNOT_START = 1;
  private static final int BAD_SETTING = 2;

  static {
    // Nothing here is served from files by Vert.x, and the folder that each one, Camel's among
    // them, makes for that under the temporary folder would outlive a killed process.
    System.setProperty("vertx.disableFileCaching", "true");
    System.setProperty("vertx.disableFileCPResolving", "true");
  }

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Settings settings;
  private Endpoints endpoints = Endpoints.NONE;
  private volatile boolean up;

  private CamelApp(Settings settings) {
    this.settings = settings;
  }

  public static void main(String[] args) {
    try {
      if (List.of(args).indexOf("load") == 0) {
        System.exit(LoadCommand.run(List.of(args).subList(1, args.length), System.out));
      }
      if (List.of(args).indexOf("audit") == 0 && !List.of(args).contains("--help")) {
        System.exit(audit(List.of(args).subList(1, args.length)));
      }
      if (List.of(args).indexOf("backfill") == 0 && !List.of(args).contains("--help")) {
        System.exit(backfill(List.of(args).subList(1, args.length)));
      }
      Optional<String> answer = CommandLine.answer(args);
      if (answer.isPresent()) {
        System.out.println(answer.get());
        return;
      }
      // Libraries too write text for machines, by what they take for the user's language.
      Locale.setDefault(Locale.ROOT);
      Settings settings = Settings.load(System.getenv());
      SettingsReader.misspelled(System.getenv().keySet()).forEach(LOG::warn);
      CamelApp app = start(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(app::close, "stop"));
    } catch (SettingsException refused) {
      exit(BAD_SETTING, refused.getMessage());
    } catch (CloudException failure) {
      exit(CANNOT_START, failure.getMessage());
    } catch (Exception | Error failure) {
      Optional<String> routes = RouteProblem.atStart(failure);
      if (routes.isEmpty()) {
        LOG.error("The start failed", failure);
      }
      exit(CANNOT_START, routes.orElse("The start failed: " + failure.getMessage()));
    }
  }

  private static int audit(List<String> arguments) throws InterruptedException {
    Settings settings = Settings.load(System.getenv());
    AuditCommand audit =
        new AuditCommand(
            settings.resources(),
            new RecordPart(settings.records()).streamParsers(),
            settings.delivery().dedupeWindow());
    try (AwsClients aws = clients(settings)) {
      return audit.run(arguments, aws.kinesis(), aws.s3(), System.out);
    }
  }

  private static int backfill(List<String> arguments) throws InterruptedException {
    Settings settings = Settings.load(System.getenv());
    BackfillCommand backfill =
        new BackfillCommand(
            settings.resources(),
            settings.delivery(),
            new RecordPart(settings.records()).streamParsers());
    try (AwsClients aws = clients(settings)) {
      return backfill.run(arguments, aws.kinesis(), aws.s3(), System.out);
    }
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
    Optional<LocalCloud> local = localCloud();
    endpoints = Endpoints.choose(settings, local.map(LocalCloud::port).orElse(0));
    List<String> summary = new ArrayList<>();
    summary.add("camel-app is up");
    DemoPart demo = demo();
    if (settings.role() == Role.DEMO) {
      opened(demo).start();
      summary.add("  " + demo.summary());
    } else {
      summary.add("  cloud      " + cloud());
    }
    if (settings.role().runsRoutes()) {
      List<Part> parts = parts(opened(clients(settings, local.map(LocalCloud::endpoint))), demo);
      opened(Pipeline.start(settings.properties(), parts));
      parts.stream()
          .flatMap(part -> part.summary().lines())
          .forEach(line -> summary.add("  " + line));
    }
    up = true;
    summary.forEach(LOG::info);
  }

  /** The floors of the app, each after those it builds on. */
  private List<Part> parts(AwsClients aws, DemoPart demo) throws Exception {
    Role role = settings.role();
    ResourceSettings resources = settings.resources();
    RecordPart records = new RecordPart(settings.records());
    PublishPart publish =
        new PublishPart(settings.publish(), resources.signals(), aws.publishingKinesis());
    InboxPart inbox =
        new InboxPart(
            records.parsers(),
            role.takesIn() ? Optional.of(settings.intake().inboxDir()) : Optional.empty());
    Admission admission = new Admission(settings.publish().enabled(), publish.publisher());
    RouteHold hold = new RouteHold();
    RouteFiles files = new RouteFiles(Clock.systemUTC());
    IntakeCounts counts = new IntakeCounts();
    IngestPart ingest =
        new IngestPart(
            settings.intake(),
            records.parsers(),
            admission,
            counts::rejected,
            endpoints.ingest() == 0
                ? ""
                : scheme()
                    + "://%s:%s".formatted(settings.intake().http().host(), endpoints.ingest()));
    RefusalCounter refusals = new RefusalCounter();
    HttpPart http =
        new HttpPart(
            settings.intake().http(),
            settings.tls(),
            endpoints.ingest(),
            endpoints.grpc(),
            ingest.protocols(),
            refusals,
            hold,
            new DashboardFilter(settings.dashboard()));

    LeasePart leases = new LeasePart(settings.leases(), resources, aws, role.delivers());
    RecordParsers streamParsers = records.streamParsers();
    SettingsGuard guard =
        new SettingsGuard(records.settings(), settings.delivery().acceptsSettingsChange());
    List<DeliveryPart> deliveries = new ArrayList<>();
    Map<Layer, LayerReading> readings = new EnumMap<>(Layer.class);
    for (LayerSettings layered : settings.delivery().layers()) {
      Layer layer = layered.layer();
      DeliveryPart delivery = new DeliveryPart(layered, resources.signals(layer), streamParsers);
      deliveries.add(delivery);
      readings.put(
          layer,
          new LayerReading(
              new CheckpointStore(aws.s3(), resources.state(), layer, guard),
              delivery.lake().buffer(),
              stream -> leases.assignment(layer, stream),
              delivery::closeAll));
    }
    PutPart puts = new PutPart(settings.delivery(), aws, resources);
    ShardsPart shards = new ShardsPart(resources, aws, streamParsers, readings);

    SpeedPart speed =
        new SpeedPart(
            settings.speed(),
            resources,
            aws,
            streamParsers,
            settings.delivery().layers().get(0).bufferBytes(),
            stream -> leases.assignment(Layer.RAW, stream));
    DeadLetterPart deadLetters =
        new DeadLetterPart(
            resources,
            aws,
            records.parsers(),
            records.editor(),
            // Looking means receiving, which a role is granted together with the token.
            settings.aws().cloud() == Cloud.EMBEDDED || settings.dashboard().token().isPresent(),
            admission::requireOpen);
    AuditPart audit = new AuditPart(role.delivers(), resources, aws, shards);
    ObservePart observe =
        new ObservePart(
            role,
            aws,
            resources,
            counts,
            publish,
            admission::health,
            inbox,
            leases,
            deliveries.stream().map(DeliveryPart::lake).toList(),
            puts,
            shards,
            speed.reading(),
            deadLetters.watch());
    DashboardPart dashboard =
        new DashboardPart(
            sources(
                aws,
                records.parsers().of(Signal.LOGS),
                deadLetters.service(),
                speed,
                audit,
                files,
                demo),
            endpoints.dashboard());
    List<Part> parts = new ArrayList<>();
    parts.add(new CloudPart(aws, settings.aws(), resources));
    parts.addAll(List.of(records, publish, inbox, refusals, ingest, http, leases, puts));
    parts.addAll(deliveries);
    parts.addAll(List.of(shards, speed, deadLetters, audit, observe, dashboard));
    parts.add(new ReloadPart(settings.routes(), role, hold, files));
    parts.add(demo);
    return parts;
  }

  private DemoPart demo() {
    int port = endpoints.ingest() == 0 ? settings.intake().http().port() : endpoints.ingest();
    return new DemoPart(
        settings.demo(),
        settings.dashboard(),
        settings.aws().cloud(),
        settings.tls(),
        URI.create(scheme() + "://localhost:" + port),
        settings.intake().http().apiKeys().stream().findFirst().map(Secret::text));
  }

  private String scheme() {
    return settings.tls().isPresent() ? "https" : "http";
  }

  private Sources sources(
      AwsClients aws,
      RecordParser parser,
      DeadLetterService deadLetters,
      SpeedPart speed,
      AuditPart audit,
      RouteFiles files,
      DemoPart demo) {
    return new Sources(
        settings.role(),
        settings.aws(),
        settings.resources(),
        settings.records(),
        settings.routes(),
        files,
        settings.dashboard(),
        scheme(),
        URI.create("http://localhost:" + endpoints.localCloud()),
        URI.create(scheme() + "://localhost:" + endpoints.ingest()),
        aws,
        parser,
        deadLetters,
        settings.aws().cloud() == Cloud.EMBEDDED
            ? Optional.of(settings.localCloud().dataDir().resolve("dashboard"))
            : Optional.empty(),
        speed::figures,
        request -> audit.report(),
        demo::start);
  }

  private Optional<LocalCloud> localCloud() {
    if (settings.aws().cloud() != Cloud.EMBEDDED || settings.role() == Role.DEMO) {
      return Optional.empty();
    }
    LocalCloudSettings local = settings.localCloud();
    return Optional.of(
        opened(
            LocalCloud.start(
                local.dataDir(),
                local.host(),
                local.port(),
                KinesisOptions.defaults()
                    .withConsumer(
                        new EmbeddedDelivery(settings, LocalCloud.objects(local.dataDir()))),
                Clock.systemUTC())));
  }

  /** For a process beside the app, which has the embedded cloud. */
  private static AwsClients clients(Settings settings) {
    return clients(
        settings,
        settings.aws().cloud() == Cloud.EMBEDDED
            ? Optional.of(URI.create("http://localhost:" + settings.localCloud().port()))
            : Optional.empty());
  }

  private static AwsClients clients(Settings settings, Optional<URI> embedded) {
    AwsSettings aws = settings.aws();
    return embedded.isPresent()
        ? AwsClients.ofEmbedded(embedded.get(), aws.region())
        : AwsClients.of(
            aws.endpointUrl().orElse(null),
            aws.region(),
            aws.forcePathStyle(),
            settings.reading().inPlace());
  }

  private String cloud() {
    if (settings.aws().cloud() == Cloud.EMBEDDED) {
      return "EMBEDDED, http://localhost:%s, all data under %s"
          .formatted(
              endpoints.localCloud(), settings.localCloud().dataDir().toAbsolutePath().normalize());
    }
    return settings
        .aws()
        .endpointUrl()
        .map(endpoint -> "emulator at " + endpoint)
        .orElse("AWS, " + settings.aws().region());
  }

  private <T extends AutoCloseable> T opened(T service) {
    running.push(service);
    return service;
  }

  /** Prints one line, whatever the message is: Camel's show the place in a YAML file on several. */
  private static void exit(int code, @Nullable String message) {
    String line = String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
    System.err.println(ControlCharacters.escape(line));
    System.exit(code);
  }
}
