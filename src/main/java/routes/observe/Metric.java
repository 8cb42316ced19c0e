package routes.observe;

import static routes.observe.Metric.Type.COUNTER;
import static routes.observe.Metric.Type.GAUGE;

import com.google.common.collect.ImmutableList;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * All that the app measures of itself. {@code docs/metrics.md} has its table from here; queries and
 * alerts of operators name them, so a name stays.
 */
public enum Metric {
  AUDIT_FAULTS(
      GAUGE,
      "audit.faults",
      Unit.NONE,
      "What was found within a day to be missing, too much or altered in hours of the lake that had come to rest; /api/audit names each",
      "layer",
      "signal"),
  AUDIT_UNACCOUNTED(
      GAUGE,
      "audit.unaccounted",
      Unit.NONE,
      "Of what arrived within a day: records that intakes were acknowledged and nobody read, or that are neither in the lake nor copies, dead letters or under way, or too many",
      "layer",
      "signal"),
  DEADLETTERS_OLDEST(
      GAUGE,
      "deadletters.oldest",
      Unit.SECONDS,
      "For how long the oldest dead letter that was seen has waited; with DASHBOARD_TOKEN or on the embedded cloud"),
  DEADLETTERS_SENT(
      COUNTER,
      "deadletters.sent",
      Unit.NONE,
      "Dead letters sent to the queue; rejected elements of one Kinesis record may share one",
      "reason"),
  DEADLETTERS_WAITING(
      GAUGE,
      "deadletters.waiting",
      Unit.NONE,
      "Dead letters on the queue, copies included and roughly, as SQS puts it; with DASHBOARD_TOKEN or on the embedded cloud"),
  DELIVERY_ADOPTED(
      COUNTER,
      "delivery.adopted",
      Unit.NONE,
      "Objects found in place of one of this process's own, and taken for delivered",
      "layer"),
  DELIVERY_BLOCKED(
      GAUGE,
      "delivery.blocked",
      Unit.SECONDS,
      "For how long the oldest thing has been tried that keeps the shard from moving on",
      "layer",
      "shard",
      "signal"),
  DELIVERY_BUFFER(
      GAUGE,
      "delivery.buffer.bytes",
      Unit.BYTES,
      "Memory that records on their way to the lake hold",
      "layer"),
  DELIVERY_BUFFER_LIMIT(
      GAUGE,
      "delivery.buffer.limit.bytes",
      Unit.BYTES,
      "The memory at which reading waits",
      "layer"),
  DELIVERY_BYTES(
      COUNTER,
      "delivery.bytes",
      Unit.BYTES,
      "Lines of the records written to the lake, before compression",
      "layer"),
  DELIVERY_DEDUPE_WINDOW(
      GAUGE,
      "delivery.dedupe.window",
      Unit.SECONDS,
      "How far back copies are recognised; less than DEDUPE_WINDOW_MS when memory is short",
      "layer",
      "shard",
      "signal"),
  DELIVERY_DUPLICATES(
      COUNTER, "delivery.duplicates", Unit.NONE, "Copies of records, left out", "layer"),
  DELIVERY_GAPS(
      COUNTER,
      "delivery.gaps",
      Unit.NONE,
      "How often the stream had dropped records before they were delivered",
      "layer"),
  DELIVERY_GROUPS_OPEN(
      GAUGE,
      "delivery.groups.open",
      Unit.NONE,
      "Services and hours, by shard, with records that are not yet in an object",
      "layer"),
  DELIVERY_LAG(
      GAUGE,
      "delivery.lag",
      Unit.SECONDS,
      "Age of the oldest record not delivered yet",
      "layer",
      "shard",
      "signal"),
  DELIVERY_OBJECTS(
      COUNTER,
      "delivery.objects",
      Unit.NONE,
      "Objects written to the lake, by what closed them",
      "closed",
      "layer"),
  DELIVERY_RECORDS(
      COUNTER, "delivery.records", Unit.NONE, "Records written to the lake", "layer", "signal"),
  DELIVERY_RETENTION_USED(
      GAUGE,
      "delivery.retention.used",
      Unit.NONE,
      "Share of the stream's retention that the oldest record not delivered yet has used up; at 1 it is dropped",
      "layer",
      "shard",
      "signal"),
  ERRORS_PUT(
      COUNTER,
      "errors.put",
      Unit.NONE,
      "Log records put into the log group, with ERRORS_LOG_GROUP; after a crash some may have been put by the process before"),
  ERRORS_REFUSED(
      COUNTER,
      "errors.refused",
      Unit.NONE,
      "Log records that CloudWatch Logs did not take: old (more than 14 days, or than the group keeps), new (more than two hours ahead) or invalid; they are in the lake",
      "reason"),
  FIGURES_LAG(
      GAUGE,
      "figures.lag",
      Unit.SECONDS,
      "Age of the oldest record not counted yet, with SPEED_JDBC_URL",
      "shard",
      "signal"),
  INBOX_FAILING(
      GAUGE, "inbox.failing", Unit.NONE, "Files in the inbox that cannot be read at present"),
  INBOX_FILES(GAUGE, "inbox.files", Unit.NONE, "Files in the inbox that are followed"),
  INBOX_NUL(
      COUNTER, "inbox.nul", Unit.BYTES, "NUL bytes passed over in files where lines should be"),
  INBOX_PASSED_OVER(
      GAUGE, "inbox.passed.over", Unit.NONE, "What lies in the inbox and is not read"),
  INBOX_UNREAD(
      GAUGE, "inbox.unread.bytes", Unit.BYTES, "What of the followed files is not yet published"),
  INTAKE_BYTES(
      COUNTER, "intake.bytes", Unit.BYTES, "Lines of the records taken in", "signal", "source"),
  INTAKE_PROBLEMS(
      COUNTER,
      "intake.problems",
      Unit.NONE,
      "Requests that were refused, by the status they were answered",
      "camelContext",
      "status"),
  INTAKE_RECORDS(COUNTER, "intake.records", Unit.NONE, "Records taken in", "signal", "source"),
  INTAKE_REJECTED(
      COUNTER,
      "intake.rejected",
      Unit.NONE,
      "Records and lines that were not acceptable",
      "reason"),
  PUBLISH_BYTES(
      COUNTER,
      "publish.bytes",
      Unit.BYTES,
      "Data and partition keys of the records acknowledged by Kinesis"),
  PUBLISH_CALLS(COUNTER, "publish.calls", Unit.NONE, "PutRecords requests"),
  PUBLISH_INFLIGHT(
      GAUGE, "publish.inflight.bytes", Unit.BYTES, "Records waiting for Kinesis's acknowledgement"),
  PUBLISH_RECEIPTS_BLOCKED(
      GAUGE,
      "publish.receipts.blocked",
      Unit.SECONDS,
      "For how long it has been tried to write down what Kinesis acknowledged; the audit does not compare it meanwhile"),
  PUBLISH_RECORDS(COUNTER, "publish.records", Unit.NONE, "Records acknowledged by Kinesis"),
  PUBLISH_RETRIES(COUNTER, "publish.retries", Unit.NONE, "Records sent again, each time"),
  PUBLISH_THROTTLED(
      COUNTER,
      "publish.throttled",
      Unit.NONE,
      "Records refused because a shard's throughput was exceeded, at each refusal"),
  ROUTES_BROKEN(
      GAUGE, "routes.broken", Unit.NONE, "Route files that cannot run as they were saved");

  /** Whether it only goes up, from the start of the process, or up and down. */
  public enum Type {
    COUNTER,
    GAUGE
  }

  /** What it counts. */
  public enum Unit {
    NONE,
    BYTES,
    SECONDS;

    /** As Micrometer and Prometheus call it; null where there is none. */
    @Nullable String text() {
      return this == NONE ? null : name().toLowerCase(Locale.ROOT);
    }
  }

  private final Type type;
  private final String meter;
  private final Unit unit;
  private final String meaning;
  private final ImmutableList<String> labels;

  Metric(Type type, String meter, Unit unit, String meaning, String... labels) {
    this.type = type;
    this.meter = meter;
    this.unit = unit;
    this.meaning = meaning;
    this.labels = ImmutableList.copyOf(labels);
  }

  public Type type() {
    return type;
  }

  /** Its name in Micrometer, with dots. */
  public String meter() {
    return meter;
  }

  public Unit unit() {
    return unit;
  }

  /** A sentence without its full stop. */
  public String meaning() {
    return meaning;
  }

  /** The names of its labels, sorted. */
  public List<String> labels() {
    return labels;
  }

  /** A counter that reads what is counted elsewhere. */
  <T> FunctionCounter.Builder<T> counter(T of, ToDoubleFunction<T> value) {
    return FunctionCounter.builder(meter, of, value).description(meaning).baseUnit(unit.text());
  }

  /** A gauge that reads what is the case elsewhere, and keeps it from being forgotten. */
  public <T> Gauge.Builder<T> gauge(T of, ToDoubleFunction<T> value) {
    return Gauge.builder(meter, of, value)
        .strongReference(true)
        .description(meaning)
        .baseUnit(unit.text());
  }

  /** A gauge with rows that come and go. */
  MultiGauge.Builder gauges() {
    return MultiGauge.builder(meter).description(meaning).baseUnit(unit.text());
  }
}
