package routes.audit;

import com.google.common.base.Suppliers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import routes.app.Part;
import routes.app.Threads;
import routes.cloud.AwsClients;
import routes.cloud.ResourceSettings;
import routes.kinesis.read.ShardsPart;
import routes.ledger.ShardId;
import routes.observe.Metric;
import routes.retry.PeriodicTask;
import routes.retry.SteadyClock;
import routes.signal.Layer;
import routes.signal.Signals;
import routes.stream.ShardStatus;

/** The standing audit of all streams and layers, where they are delivered. */
public final class AuditPart implements Part {

  private static final Duration ROUND = Duration.ofMinutes(1);

  /** Whoever looks in between is told the same. */
  private static final Duration REPORT_KEPT = Duration.ofSeconds(5);

  private final ScheduledExecutorService timer = Threads.timer("audit");
  private final InstantSource clock = InstantSource.system();
  private final boolean delivers;
  private final List<StandingAudit> audits = new ArrayList<>();
  private final Supplier<AuditReport> report;

  /**
   * @param delivers whether this process delivers
   */
  public AuditPart(
      boolean delivers, ResourceSettings resources, AwsClients aws, ShardsPart shards) {
    this.delivers = delivers;
    for (Layer layer : resources.layers()) {
      for (Signals.Place place : resources.signals(layer).places()) {
        audits.add(
            new StandingAudit(
                aws.s3(), resources.state(), layer, place, () -> reading(shards, layer), clock));
      }
    }
    report =
        Suppliers.memoizeWithExpiration(
            () ->
                AuditReport.of(
                    clock.instant(), audits.stream().map(StandingAudit::report).toList()),
            REPORT_KEPT);
  }

  /** What {@code /api/audit} answers. */
  public Object report() {
    return report.get();
  }

  @Override
  public void started(CamelContext camel) {
    if (!delivers) {
      return;
    }
    MeterRegistry registry = camel.getRegistry().findSingleByType(MeterRegistry.class);
    for (StandingAudit audit : audits) {
      meter(Metric.AUDIT_UNACCOUNTED, audit, result -> result.unaccounted(), registry);
      meter(Metric.AUDIT_FAULTS, audit, result -> result.faults().size(), registry);
      PeriodicTask task = new PeriodicTask(SteadyClock.OF_PROCESS);
      String what = "compare %s with its lake".formatted(audit.place().stream());
      timer.scheduleWithFixedDelay(
          () -> task.run(what, audit::round),
          ROUND.toSeconds(),
          ROUND.toSeconds(),
          TimeUnit.SECONDS);
    }
  }

  private static void meter(
      Metric metric,
      StandingAudit audit,
      ToLongFunction<StandingAudit.Result> value,
      MeterRegistry registry) {
    metric
        .gauge(audit, each -> (double) value.applyAsLong(each.result()))
        .tag("layer", audit.layer().word())
        .tag("signal", audit.place().signal().word())
        .register(registry);
  }

  private static Set<ShardId> reading(ShardsPart shards, Layer layer) {
    return shards.reading(layer).shards().stream()
        .map(ShardStatus::shard)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
