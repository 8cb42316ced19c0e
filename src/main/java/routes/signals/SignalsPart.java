package routes.signals;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.app.Threads;
import routes.cloud.AwsClients;
import routes.cloud.Probes;
import routes.cloud.ResourceSettings;
import routes.delivery.DeliveryPart;
import routes.inbox.InboxPart;
import routes.intake.IntakeHealth;
import routes.leases.LeasePart;
import routes.publish.PublishPart;
import routes.settings.Role;
import routes.shards.ShardsPart;

/** Health checks and meters of what the routes do. */
public final class SignalsPart implements Part {

  private static final long REFRESH_MILLIS = 1_000;

  private final Clock clock = Clock.systemUTC();
  private final ScheduledExecutorService timer = Threads.timer("signals");
  private final IntakeCounts taken = new IntakeCounts();
  private final ReasonCounts deadLetters = new ReasonCounts();
  private final LastFailure failures = new LastFailure();
  private final Role role;
  private final AwsClients aws;
  private final ResourceSettings resources;
  private final PublishPart publish;
  private final Supplier<IntakeHealth> intake;
  private final InboxPart inbox;
  private final LeasePart leases;
  private final DeliveryPart delivery;
  private final DeliveryProgress progress;

  /** What it is told of. */
  public SignalsPart(
      Role role,
      AwsClients aws,
      ResourceSettings resources,
      PublishPart publish,
      Supplier<IntakeHealth> intake,
      InboxPart inbox,
      LeasePart leases,
      DeliveryPart delivery,
      ShardsPart shards) {
    this.role = role;
    this.aws = aws;
    this.resources = resources;
    this.publish = publish;
    this.intake = intake;
    this.inbox = inbox;
    this.leases = leases;
    this.delivery = delivery;
    progress = new DeliveryProgress(shards::reading, delivery.chains(), failures, clock);
  }

  @Override
  public void bind(Main main) {
    main.bind("last-failure", failures);
    main.bind("intake-counts", taken);
    main.bind("dead-letter-counts", deadLetters);
    check(main, "kinesis", Probes.stream(aws.kinesis(), resources.stream()));
    check(main, "sqs", Probes.queue(aws.sqs(), resources.deadLetterQueue()));
    if (role.takesIn()) {
      bind(main, new IntakeCheck(intake, publish.publisher().metrics()));
      bind(main, new InboxCheck(inbox::status));
    }
    if (role.delivers()) {
      check(main, "lake", Probes.bucket(aws.s3(), resources.lake()));
      check(main, "state", Probes.bucket(aws.s3(), resources.state()));
      leases.probe().ifPresent(probe -> check(main, "leases", probe));
      bind(main, new DeliveryCheck(progress, delivery.buffer()));
    }
  }

  @Override
  public void started(CamelContext camel) {
    MeterRegistry registry = camel.getRegistry().findSingleByType(MeterRegistry.class);
    new PublishMeters(publish.publisher().metrics()).bindTo(registry);
    new InboxMeters(inbox::status).bindTo(registry);
    new DeadLetterMeters(deadLetters).bindTo(registry);
    new DeliveryMeters(delivery.counts(), delivery.open(), delivery.buffer()).bindTo(registry);
    every(new IntakeMeters(taken, registry)::refresh);
    every(new ShardMeters(progress, registry)::refresh);
  }

  private void every(Runnable refresh) {
    timer.scheduleWithFixedDelay(refresh, 0, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
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
  }
}
