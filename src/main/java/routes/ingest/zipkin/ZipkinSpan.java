package routes.ingest.zipkin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A span of Zipkin's as a record of ours. What is of the wrong type goes on as a text, for the
 * parser of spans to say so.
 */
final class ZipkinSpan {

  private static final int TRACE_ID_DIGITS = 32;
  private static final int SHORT_ID_DIGITS = 16;
  private static final long MILLION = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  /** Such that neither a time nor a sum of two overflows: some 146,000 years. */
  private static final long MAX_MICROS = Long.MAX_VALUE / 2;

  private final ObjectNode span;

  ZipkinSpan(ObjectNode span) {
    this.span = span;
  }

  ObjectNode record() {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    time(record, "timestamp", span.get("timestamp"), 0);
    put(record, "service", span.path("localEndpoint").get("serviceName"));
    put(record, "name", span.get("name"));
    record.put("trace_id", id(span.path("traceId"), TRACE_ID_DIGITS));
    record.put("span_id", id(span.path("id"), SHORT_ID_DIGITS));
    String parent = id(span.path("parentId"), SHORT_ID_DIGITS);
    if (!parent.isEmpty() && !parent.chars().allMatch(digit -> digit == '0')) {
      record.put("parent_span_id", parent);
    }
    put(record, "kind", span.get("kind"));
    duration(record);
    ObjectNode attributes = attributes();
    status(record, attributes);
    if (!attributes.isEmpty()) {
      record.set("attributes", attributes);
    }
    events(record);
    put(record, "debug", span.get("debug"));
    put(record, "shared", span.get("shared"));
    return record;
  }

  private void duration(ObjectNode record) {
    JsonNode duration = span.get("duration");
    if (duration == null || duration.isNull()) {
      return;
    }
    JsonNode start = span.path("timestamp");
    if (isMicros(start) && isMicros(duration)) {
      time(record, "end_timestamp", start, duration.longValue());
      if (duration.longValue() >= 0 && duration.longValue() <= MAX_MICROS / NANOS_PER_MICRO) {
        record.put("duration_nanos", duration.longValue() * NANOS_PER_MICRO);
      }
    } else {
      record.put("end_timestamp", duration + " µs after " + start);
    }
  }

  private static void status(ObjectNode record, ObjectNode attributes) {
    JsonNode error = attributes.get("error");
    if (error != null) {
      record.put("status_code", "ERROR");
      if (!error.asText().isEmpty() && !error.asText().equals("true")) {
        record.put("status_message", error.asText());
      }
    }
  }

  /** The tags, and of the endpoints what OpenTelemetry has attributes for. */
  private ObjectNode attributes() {
    ObjectNode attributes =
        span.get("tags") instanceof ObjectNode tags
            ? tags.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    JsonNode local = span.path("localEndpoint");
    JsonNode remote = span.path("remoteEndpoint");
    putAbsent(attributes, "network.local.address", address(local));
    putAbsent(attributes, "network.local.port", local.get("port"));
    putAbsent(attributes, "peer.service", remote.get("serviceName"));
    putAbsent(attributes, "network.peer.address", address(remote));
    putAbsent(attributes, "network.peer.port", remote.get("port"));
    return attributes;
  }

  private void events(ObjectNode record) {
    if (!(span.get("annotations") instanceof ArrayNode annotations) || annotations.isEmpty()) {
      return;
    }
    ArrayNode events = record.putArray("events");
    for (JsonNode annotation : annotations) {
      ObjectNode event = events.addObject();
      time(event, "timestamp", annotation.get("timestamp"), 0);
      put(event, "name", annotation.get("value"));
    }
  }

  private static @Nullable JsonNode address(JsonNode endpoint) {
    return endpoint.hasNonNull("ipv4") ? endpoint.get("ipv4") : endpoint.get("ipv6");
  }

  private static void time(ObjectNode record, String name, @Nullable JsonNode micros, long later) {
    if (micros == null || micros.isNull()) {
      return;
    }
    if (isMicros(micros)) {
      long at = micros.longValue() + later;
      record.put(
          name,
          Instant.ofEpochSecond(
                  Math.floorDiv(at, MILLION), Math.floorMod(at, MILLION) * NANOS_PER_MICRO)
              .toString());
    } else {
      record.put(name, micros + " µs");
    }
  }

  private static boolean isMicros(JsonNode value) {
    return value.isIntegralNumber()
        && value.canConvertToLong()
        && Math.abs(value.longValue()) <= MAX_MICROS;
  }

  /** Short ids have zeros in front: a trace id of 8 bytes is one of 16 that begins with eight. */
  private static String id(JsonNode id, int digits) {
    String lower = id.asText().toLowerCase(Locale.ROOT);
    return lower.isEmpty() || lower.length() > SHORT_ID_DIGITS
        ? lower
        : "0".repeat(digits - lower.length()) + lower;
  }

  private static void put(ObjectNode record, String name, @Nullable JsonNode value) {
    if (value != null && !value.isNull()) {
      record.set(name, value);
    }
  }

  private static void putAbsent(ObjectNode record, String name, @Nullable JsonNode value) {
    if (!record.has(name)) {
      put(record, name, value);
    }
  }
}
