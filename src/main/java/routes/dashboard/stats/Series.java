package routes.dashboard.stats;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import routes.signal.Signal;

/** What is kept of the last hour. */
public enum Series {
  RECEIVED_RECORDS("receivedRecords", "intake.records", Kind.RATE),
  RECEIVED_BYTES("receivedBytes", "intake.bytes", Kind.RATE),
  REJECTED_RECORDS("rejectedRecords", "intake.rejected", Kind.RATE),
  PUBLISHED_RECORDS("publishedRecords", "publish.records", Kind.RATE),
  PUBLISHED_BYTES("publishedBytes", "publish.bytes", Kind.RATE),
  THROTTLED_RECORDS("throttledRecords", "publish.throttled", Kind.RATE),
  DELIVERED_RECORDS("deliveredRecords", "delivery.records", Kind.OBJECT_RATE),
  DELIVERED_BYTES("deliveredBytes", "delivery.bytes", Kind.OBJECT_RATE),
  DELIVERED_OBJECTS("deliveredObjects", "delivery.objects", Kind.OBJECT_RATE),
  DEAD_LETTERS("deadLetters", "deadletters.sent", Kind.RATE),
  GAPS("gaps", "delivery.gaps", Kind.RATE),
  RECEIVED_LOGS("receivedLogs", "intake.records", Kind.RATE, Signal.LOGS),
  RECEIVED_METRICS("receivedMetrics", "intake.records", Kind.RATE, Signal.METRICS),
  RECEIVED_TRACES("receivedTraces", "intake.records", Kind.RATE, Signal.TRACES),
  DELIVERED_LOGS("deliveredLogs", "delivery.records", Kind.OBJECT_RATE, Signal.LOGS),
  DELIVERED_METRICS("deliveredMetrics", "delivery.records", Kind.OBJECT_RATE, Signal.METRICS),
  DELIVERED_TRACES("deliveredTraces", "delivery.records", Kind.OBJECT_RATE, Signal.TRACES),
  LAG_SECONDS("lagSeconds", "delivery.lag", Kind.HIGHEST),
  LAG_LOGS("lagLogs", "delivery.lag", Kind.HIGHEST, Signal.LOGS),
  LAG_METRICS("lagMetrics", "delivery.lag", Kind.HIGHEST, Signal.METRICS),
  LAG_TRACES("lagTraces", "delivery.lag", Kind.HIGHEST, Signal.TRACES),
  RETENTION_USED("retentionUsed", "delivery.retention.used", Kind.HIGHEST),
  BLOCKED_SECONDS("blockedSeconds", "delivery.blocked", Kind.HIGHEST),
  OPEN_GROUPS("openGroups", "delivery.groups.open", Kind.SUM),
  BUFFER_BYTES("bufferBytes", "delivery.buffer.bytes", Kind.SUM),
  WAITING_LETTERS("waitingLetters", "deadletters.waiting", Kind.SUM),
  OLDEST_LETTER_SECONDS("oldestLetterSeconds", "deadletters.oldest", Kind.HIGHEST),
  UNACCOUNTED_RECORDS("unaccountedRecords", "audit.unaccounted", Kind.SUM),
  RECEIPTS_BLOCKED_SECONDS("receiptsBlockedSeconds", "publish.receipts.blocked", Kind.HIGHEST),
  LAKE_FAULTS("lakeFaults", "audit.faults", Kind.SUM),
  BROKEN_ROUTES("brokenRoutes", "routes.broken", Kind.SUM);

  private enum Kind {
    /** A counter, shown as how much it grew a second. */
    RATE,
    /** A counter that grows with each object, shown as how much it grew a second in a minute. */
    OBJECT_RATE,
    /** A gauge, of whose tags the highest counts. */
    HIGHEST,
    /** A gauge, over all its tags. */
    SUM
  }

  /** What is wrong in any layer is told. */
  private static final Set<String> OF_ALL_LAYERS =
      Set.of(
          "audit.faults",
          "audit.unaccounted",
          "delivery.gaps",
          "delivery.retention.used",
          "delivery.blocked");

  private static final int STEPS_A_MINUTE = (int) Duration.ofMinutes(1).dividedBy(History.STEP);

  private final String key;
  private final String meter;
  private final Kind kind;
  private final @Nullable Signal signal;

  Series(String key, String meter, Kind kind) {
    this(key, meter, kind, null);
  }

  /**
   * @param signal of whose meters alone; null = of all
   */
  Series(String key, String meter, Kind kind, @Nullable Signal signal) {
    this.key = key;
    this.meter = meter;
    this.kind = kind;
    this.signal = signal;
  }

  /** Its name in JSON. */
  @JsonValue
  public String key() {
    return key;
  }

  boolean isRate() {
    return kind == Kind.RATE || kind == Kind.OBJECT_RATE;
  }

  /** How many steps of the history a rate is counted over. */
  int steps() {
    return kind == Kind.OBJECT_RATE ? STEPS_A_MINUTE : 1;
  }

  double read(Meters meters) {
    List<Meters.Tagged> all =
        OF_ALL_LAYERS.contains(meter) ? meters.ofAllLayers(meter) : meters.all(meter);
    DoubleStream values =
        all.stream()
            .filter(tagged -> signal == null || signal.word().equals(tagged.tags().get("signal")))
            .mapToDouble(Meters.Tagged::value);
    return kind == Kind.HIGHEST ? values.max().orElse(0) : values.sum();
  }
}
