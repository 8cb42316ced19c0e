package routes.record;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The stable reasons for rejecting a record. Their codes are part of the interface: they appear in
 * HTTP answers, dead letters and metrics.
 */
public enum Reason {
  /** Not well-formed JSON (RFC 8259), or not closed, or something follows the record. */
  NOT_JSON,
  /** Bytes that are not UTF-8, in which JSON is exchanged (RFC 8259, section 8.1). */
  NOT_UTF_8,
  /** JSON, but not an object. */
  NOT_AN_OBJECT,
  /** Longer than a record may be, once it is complete. */
  TOO_LARGE,
  /** Objects and arrays nested deeper than allowed. */
  TOO_DEEP,
  NO_SERVICE,
  /** A service that is no text or cannot name a partition. */
  BAD_SERVICE,
  NO_TIMESTAMP,
  /** A timestamp in none of the forms understood, or before 2000. */
  BAD_TIMESTAMP,
  BEFORE_1970,
  /** A timestamp further after the record's arrival than allowed. */
  TOO_FAR_IN_FUTURE,
  /** A data point without the name of its metric. */
  NO_NAME,
  /** A data point whose value is no number, or that has none. */
  BAD_VALUE,
  /** A histogram whose buckets and counts do not fit together. */
  BAD_HISTOGRAM,
  /** A span whose trace id is missing, malformed or zero. */
  BAD_TRACE_ID,
  /** A span whose id is missing, malformed or zero. */
  BAD_SPAN_ID,
  ENDS_BEFORE_START,
  /** A series of Prometheus's whose labels are not sorted, or not unique. */
  BAD_LABELS,
  /** A sample older than the one before it in its series. */
  OUT_OF_ORDER;

  private static final Set<Reason> OF_BYTES =
      EnumSet.of(NOT_JSON, NOT_UTF_8, NOT_AN_OBJECT, TOO_LARGE, TOO_DEEP);

  private static final Set<Reason> OF_SERVICE = EnumSet.of(NO_SERVICE, BAD_SERVICE);
  private static final Set<Reason> OF_TIME =
      EnumSet.of(NO_TIMESTAMP, BAD_TIMESTAMP, BEFORE_1970, TOO_FAR_IN_FUTURE);

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The reason in kebab-case, such as {@code bad-timestamp}. */
  public String code() {
    return code;
  }

  /** Whether it is about whose record it is. */
  public boolean isOfService() {
    return OF_SERVICE.contains(this);
  }

  /** Whether it is about when it happened. */
  public boolean isOfTime() {
    return OF_TIME.contains(this);
  }

  /** Whether what is rejected for it is known to be one JSON object at least. */
  boolean isOfJsonObject() {
    return !OF_BYTES.contains(this);
  }
}
