package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.app.Part;
import routes.app.Threads;
import routes.cloud.AwsClients;
import routes.cloud.Probes;
import routes.cloud.ResourceSettings;
import routes.deadletter.QueueWatch;
import routes.delivery.Lake;
import routes.delivery.PutPart;
import routes.errors.ErrorsPart;
import routes.inbox.InboxPart;
import routes.ingest.IntakeHealth;
import routes.kinesis.leases.LeasePart;
import routes.kinesis.publish.PublishPart;
import routes.kinesis.read.ShardsPart;
import routes.retry.SteadyClock;
import routes.settings.Role;
import routes.signal.Layer;
import routes.signal.Signal;
import routes.signal.Signals;
import routes.stream.ReadingStatus;

/** Health checks and meters of what the routes do. */
public final class ObservePart implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(ObservePart.class);
  private static final Logger STANDSTILLS = LoggerFactory.getLogger(StandstillLog.class);
  private static final long REFRESH_MILLIS = 1_000;
  private static final long LOG_MILLIS = 5_000;

  private final Clock clock = SteadyClock.OF_PROCESS;
  private final ScheduledExecutorService timer = Threads.timer("observe");

  /** Of its own, as checks may wait for a service that does not answer. */
  private final ScheduledExecutorService logTimer = Threads.timer("standstill-log");

  private final ReasonCounts deadLetters = new ReasonCounts();
  private final LastFailure failures = new LastFailure();
  private final Role role;
  private final AwsClients aws;
  private final ResourceSettings resources;
  private final IntakeCounts taken;
  private final PublishPart publish;
  private final Supplier<IntakeHealth> intake;
  private final InboxPart inbox;
  private final LeasePart leases;
  private final List<Lake> lakes;
  private final PutPart puts;
  private final ShardsPart shards;
  private final ErrorsPart errors;
  private final Optional<Supplier<ReadingStatus>> figures;
  private final QueueWatch deadLetterQueue;

  /**
   * What it is told of.
   *
   * @param figures what is read to be counted; empty where nothing is counted
   */
  public ObservePart(
      Role role,
      AwsClients aws,
      ResourceSettings resources,
      IntakeCounts taken,
      PublishPart publish,
      Supplier<IntakeHealth> intake,
      InboxPart inbox,
      LeasePart leases,
      List<Lake> lakes,
      PutPart puts,
      ShardsPart shards,
      ErrorsPart errors,
      Optional<Supplier<ReadingStatus>> figures,
      QueueWatch deadLetterQueue) {
    this.role = role;
    this.aws = aws;
    this.resources = resources;
    this.taken = taken;
    this.publish = publish;
    this.intake = intake;
    this.inbox = inbox;
    this.leases = leases;
    this.lakes = lakes;
    this.puts = puts;
    this.shards = shards;
    this.errors = errors;
    this.figures = figures;
    this.deadLetterQueue = deadLetterQueue;
  }

  @Override
  public void bind(Main main) {
    main.bind("last-failure", failures);
    main.bind("intake-counts", taken);
    main.bind("dead-letter-counts", deadLetters);
    for (Signals.Place place : resources.signals().places()) {
      check(main, id("kinesis", place), Probes.stream(aws.kinesis(), place.stream()));
    }
    check(main, "sqs", Probes.queue(aws.sqs(), resources.deadLetterQueue()));
    if (role.takesIn()) {
      bind(
          main,
          new IntakeCheck(
              intake,
              publish.publisher()::recentFailure,
              publish::failingReceipts,
              publish.publisher().metrics(),
              clock));
      bind(main, new InboxCheck(inbox::status));
    }
    if (role.delivers()) {
      for (Lake lake : lakes) {
        for (Signals.Place place : lake.signals().places()) {
          String id = id(lake.layer().suffixed("lake"), place);
          check(main, id, () -> askLake(place.bucket()));
        }
        bind(main, new DeliveryCheck(lake, progress(lake.layer())));
      }
      figures.ifPresent(
          reading ->
              bind(
                  main,
                  new ReaderCheck(
                      "figures", new DeliveryProgress(reading, List::of, failures, clock))));
      if (errors.reading().isPresent()) {
        bind(main, new ReaderCheck("errors", progress(Layer.ERRORS)));
      }
      check(main, "state", Probes.bucket(aws.s3(), resources.state()));
      List<Runnable> probes = leases.probes();
      if (!probes.isEmpty()) {
        check(main, "leases", () -> probes.forEach(Runnable::run));
      }
    }
  }

  @Override
  public void started(CamelContext camel) {
    MeterRegistry registry = camel.getRegistry().findSingleByType(MeterRegistry.class);
    new PublishMeters(publish, clock).bindTo(registry);
    new InboxMeters(inbox::status).bindTo(registry);
    new DeadLetterMeters(deadLetters, deadLetterQueue).bindTo(registry);
    for (Lake lake : lakes) {
      Layer layer = lake.layer();
      new DeliveryMeters(lake).bindTo(registry);
      observeShards(layer, lake.signals(), registry);
    }
    if (errors.reading().isPresent()) {
      new ErrorMeters(errors.counts()).bindTo(registry);
      observeShards(Layer.ERRORS, errors.signals(), registry);
    }
    figures.ifPresent(
        reading -> every(new FiguresMeters(reading, resources.signals(), registry)::refresh));
    every(new IntakeMeters(taken, registry)::refresh);
    // All there are, whatever part they are of.
    List<HealthCheck> checks = List.copyOf(camel.getRegistry().findByType(HealthCheck.class));
    every(logTimer, LOG_MILLIS, new StandstillLog(checks, clock, STANDSTILLS::warn));
  }

  private void observeShards(Layer layer, Signals signals, MeterRegistry registry) {
    every(
        new ShardMeters(layer, signals, progress(layer), () -> shards.gaps(layer), registry)
            ::refresh);
  }

  private DeliveryProgress progress(Layer layer) {
    return new DeliveryProgress(
        () -> shards.reading(layer), () -> puts.sequencer().putting(layer), failures, clock);
  }

  private void askLake(String bucket) {
    Probes.bucket(aws.s3(), bucket).run();
    puts.requireConditionalPuts();
  }

  private static String id(String check, Signals.Place place) {
    return place.signal() == Signal.LOGS ? check : check + "-" + place.signal().word();
  }

  private void every(Runnable refresh) {
    every(timer, REFRESH_MILLIS, refresh);
  }

  private static void every(ScheduledExecutorService timer, long millis, Runnable work) {
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            work.run();
          } catch (RuntimeException failure) {
            // The timer would never run it again.
            LOG.error("The state of the routes could not be read", failure);
          }
        },
        0,
        millis,
        TimeUnit.MILLISECONDS);
  }

  private void check(Main main, String id, Runnable probe) {
    bind(main, new ReachableCheck(id, probe, clock));
  }

  private static void bind(Main main, HealthCheck check) {
    main.bind(check.getId() + "-check", check);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    logTimer.shutdownNow();
  }
}
