package routes.dashboard.stats;

import com.fasterxml.jackson.annotation.JsonValue;

/** What is kept of the last hour. */
public enum Series {
  RECEIVED_RECORDS("receivedRecords", "intake.records", Kind.RATE),
  RECEIVED_BYTES("receivedBytes", "intake.bytes", Kind.RATE),
  REJECTED_RECORDS("rejectedRecords", "intake.rejected", Kind.RATE),
  PUBLISHED_RECORDS("publishedRecords", "publish.records", Kind.RATE),
  PUBLISHED_BYTES("publishedBytes", "publish.bytes", Kind.RATE),
  THROTTLED_RECORDS("throttledRecords", "publish.throttled", Kind.RATE),
  DELIVERED_RECORDS("deliveredRecords", "delivery.records", Kind.RATE),
  DELIVERED_BYTES("deliveredBytes", "delivery.bytes", Kind.RATE),
  DELIVERED_OBJECTS("deliveredObjects", "delivery.objects", Kind.RATE),
  DEAD_LETTERS("deadLetters", "deadletters.sent", Kind.RATE),
  GAPS("gaps", "delivery.gaps", Kind.RATE),
  LAG_SECONDS("lagSeconds", "delivery.lag", Kind.HIGHEST),
  RETENTION_USED("retentionUsed", "delivery.retention.used", Kind.HIGHEST),
  BLOCKED_SECONDS("blockedSeconds", "delivery.blocked", Kind.HIGHEST),
  OPEN_GROUPS("openGroups", "delivery.groups.open", Kind.SUM),
  BUFFER_BYTES("bufferBytes", "delivery.buffer.bytes", Kind.SUM);

  private enum Kind {
    /** A counter, shown as how much it grew a second. */
    RATE,
    /** A gauge, of whose tags the highest counts. */
    HIGHEST,
    /** A gauge, over all its tags. */
    SUM
  }

  private final String key;
  private final String meter;
  private final Kind kind;

  Series(String key, String meter, Kind kind) {
    this.key = key;
    this.meter = meter;
    this.kind = kind;
  }

  /** Its name in JSON. */
  @JsonValue
  public String key() {
    return key;
  }

  boolean isRate() {
    return kind == Kind.RATE;
  }

  double read(Meters meters) {
    return kind == Kind.HIGHEST ? meters.max(meter).orElse(0) : meters.sum(meter);
  }
}
