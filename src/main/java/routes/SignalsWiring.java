package routes;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.main.Main;
import routes.cloud.AwsClients;
import routes.cloud.Probes;
import routes.inbox.InboxComponent;
import routes.publish.PublishMetrics;
import routes.settings.Settings;
import routes.signals.DeadLetterMeters;
import routes.signals.DeliveryCheck;
import routes.signals.DeliveryMeters;
import routes.signals.DeliveryProgress;
import routes.signals.InboxCheck;
import routes.signals.InboxMeters;
import routes.signals.IntakeCheck;
import routes.signals.IntakeCounts;
import routes.signals.IntakeMeters;
import routes.signals.LastFailure;
import routes.signals.PublishMeters;
import routes.signals.ReachableCheck;
import routes.signals.ReasonCounts;
import routes.signals.ShardMeters;

/** Health checks and meters of what the routes do. */
final class SignalsWiring implements AutoCloseable {

  private static final long REFRESH_MILLIS = 1_000;

  private final ScheduledExecutorService timer = Threads.timer("signals");
  private final IntakeCounts taken = new IntakeCounts();
  private final ReasonCounts deadLetters = new ReasonCounts();
  private final PublishMetrics published;
  private final InboxComponent inbox;
  private final DeliveryMeters delivered;
  private final DeliveryProgress progress;

  SignalsWiring(
      Main main, Settings settings, AwsClients aws, IntakeWiring intake, DeliveryWiring delivery) {
    Clock clock = Clock.systemUTC();
    LastFailure failures = new LastFailure();
    published = intake.metrics();
    inbox = intake.inbox();
    delivered = new DeliveryMeters(delivery.counts(), delivery.open(), delivery.buffer());
    progress = new DeliveryProgress(delivery::reading, delivery.chains(), failures, clock);
    main.bind("last-failure", failures);
    main.bind("intake-counts", taken);
    main.bind("dead-letter-counts", deadLetters);
    check(main, "kinesis", Probes.stream(aws.kinesis(), settings.kinesis().streamName()), clock);
    check(main, "sqs", Probes.queue(aws.sqs(), settings.lake().deadLetterQueue()), clock);
    if (settings.role().takesIn()) {
      bind(main, new IntakeCheck(intake.gate()::health, published));
      bind(main, new InboxCheck(inbox::status));
    }
    if (settings.role().delivers()) {
      check(main, "lake", Probes.bucket(aws.s3(), settings.lake().bucket()), clock);
      check(main, "state", Probes.bucket(aws.s3(), settings.lake().stateBucket()), clock);
      delivery.leasesProbe().ifPresent(probe -> check(main, "leases", probe, clock));
      bind(main, new DeliveryCheck(progress, delivery.buffer()));
    }
  }

  /** To be called once Camel has started and with it the registry of meters. */
  void start(MeterRegistry registry) {
    new PublishMeters(published).bindTo(registry);
    new InboxMeters(inbox::status).bindTo(registry);
    new DeadLetterMeters(deadLetters).bindTo(registry);
    delivered.bindTo(registry);
    every(new IntakeMeters(taken, registry)::refresh);
    every(new ShardMeters(progress, registry)::refresh);
  }

  private void every(Runnable refresh) {
    timer.scheduleWithFixedDelay(refresh, 0, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void check(Main main, String id, Runnable probe, Clock clock) {
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
