package routes.ingest.zipkin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A span of Zipkin's as a record of ours. A time of the wrong type goes on as a text, for the
 * parser of spans to say so; what has no field of its own is kept as {@code zipkin}.
 */
final class ZipkinSpan {

  private static final int TRACE_ID_DIGITS = 32;
  private static final int SHORT_ID_DIGITS = 16;
  private static final long MILLION = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  /** Such that neither a time nor a sum of two overflows: some 146,000 years. */
  private static final long MAX_MICROS = Long.MAX_VALUE / 2;

  private static final Set<String> FIELDS =
      Set.of(
          "timestamp", "duration", "name", "traceId", "id", "parentId", "kind", "debug", "shared");

  private static final Set<String> OF_AN_ENDPOINT = Set.of("serviceName", "ipv4", "ipv6", "port");

  private static final Set<String> OF_AN_ANNOTATION = Set.of("timestamp", "value");

  private final ObjectNode span;
  private final boolean namesService;

  /**
   * @param isService whether a name can be a service's; the endpoint's stays in {@code zipkin} when
   *     it cannot
   */
  ZipkinSpan(ObjectNode span, Predicate<String> isService) {
    this.span = span;
    JsonNode name = localName(span);
    this.namesService = name.isTextual() && isService.test(name.textValue());
  }

  ObjectNode record() {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    time(record, "timestamp", span.get("timestamp"), 0);
    if (namesService) {
      record.set("service", localName(span));
    }
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
    ObjectNode rest = rest();
    if (!rest.isEmpty()) {
      record.set("zipkin", rest);
    }
    return record;
  }

  private ObjectNode rest() {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : span.properties()) {
      if (!field.getValue().isNull() && !isWhole(field.getKey(), field.getValue())) {
        rest.set(field.getKey(), field.getValue());
      }
    }
    return rest;
  }

  private static JsonNode localName(ObjectNode span) {
    return span.path("localEndpoint").path("serviceName");
  }

  /** Whether the record's own fields have all of it. */
  private boolean isWhole(String name, JsonNode value) {
    return switch (name) {
      case "localEndpoint" -> isWholeEndpoint(value) && (namesService || isEmpty(localName(span)));
      case "remoteEndpoint" -> isWholeEndpoint(value);
      case "annotations" ->
          value.isArray() && value.valueStream().allMatch(one -> hasOnly(one, OF_AN_ANNOTATION));
      case "tags" -> value.isObject();
      default -> FIELDS.contains(name);
    };
  }

  private static boolean isWholeEndpoint(JsonNode value) {
    return hasOnly(value, OF_AN_ENDPOINT)
        && !(value.hasNonNull("ipv4") && value.hasNonNull("ipv6"));
  }

  private static boolean isEmpty(JsonNode name) {
    return name.isMissingNode()
        || name.isNull()
        || (name.isTextual() && name.textValue().isBlank());
  }

  private static boolean hasOnly(JsonNode value, Set<String> names) {
    return value.isObject()
        && value.properties().stream().allMatch(field -> names.contains(field.getKey()));
  }

  private void duration(ObjectNode record) {
    JsonNode duration = span.get("duration");
    if (duration == null || duration.isNull()) {
      return;
    }
    JsonNode start = span.path("timestamp");
    boolean startsSomewhen = isUnset(start) ? duration.longValue() >= 0 : isMicros(start);
    if (isMicros(duration) && startsSomewhen) {
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
      if (!annotation.isObject()) {
        continue;
      }
      ObjectNode event = events.addObject();
      time(event, "timestamp", annotation.get("timestamp"), 0);
      put(event, "name", annotation.get("value"));
    }
  }

  private static @Nullable JsonNode address(JsonNode endpoint) {
    return endpoint.hasNonNull("ipv4") ? endpoint.get("ipv4") : endpoint.get("ipv6");
  }

  private static void time(ObjectNode record, String name, @Nullable JsonNode micros, long later) {
    if (micros == null || isUnset(micros)) {
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

  /** Zipkin's own model has 0 for a time that nobody knows. */
  private static boolean isUnset(JsonNode micros) {
    return micros.isMissingNode() || micros.isNull() || (micros.isInt() && micros.intValue() == 0);
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
