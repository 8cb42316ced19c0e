package routes.ingest.hec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import routes.record.Reason;
import routes.record.Rejection;

/**
 * Maps one event in its envelope to a record. An event that is a text is the message; the fields of
 * one that is an object, and of {@code fields}, are fields of the record. What the envelope says
 * goes first: a field of the event by the same name becomes {@code event.<name>}, and so does a
 * {@code timestamp} of the event that cannot be its time.
 */
final class HecEvent {

  private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,19}(\\.[0-9]{1,19})?");

  private final JsonNode envelope;
  private final JsonNode event;
  private final Function<String, Optional<Rejection>> timeObjection;

  /**
   * An event.
   *
   * @param envelope an object
   * @param timeObjection why a text cannot be a record's time, or empty
   */
  HecEvent(JsonNode envelope, Function<String, Optional<Rejection>> timeObjection) {
    this.envelope = envelope;
    this.event = envelope.path("event");
    this.timeObjection = timeObjection;
  }

  /** What Splunk would refuse the event for. */
  Optional<HecCode> fault() {
    if (event.isMissingNode()) {
      return Optional.of(HecCode.NO_EVENT);
    }
    if (isBlank()) {
      return Optional.of(HecCode.BLANK_EVENT);
    }
    if (!hasUsableTime()) {
      return Optional.of(HecCode.BAD_FORMAT);
    }
    return envelope.hasNonNull("fields") && !envelope.get("fields").isObject()
        ? Optional.of(HecCode.BAD_FIELDS)
        : Optional.empty();
  }

  /** What sort of event it is, and where it comes from: each may be the service. */
  Stream<String> origins() {
    return Stream.of("sourcetype", "source")
        .map(name -> envelope.path(name).asText(""))
        .filter(name -> !name.isBlank());
  }

  ObjectNode record() {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    JsonNode time = envelope.path("time");
    boolean timed = isTime(time);
    if (timed) {
      record.set("timestamp", time.isTextual() ? new TextNode(time.textValue().strip()) : time);
    }
    merge(record, envelope, timed ? Set.of("time", "event", "fields") : Set.of("event", "fields"));
    boolean fromDocker = event.path("line").isTextual() && !event.has("message");
    if (fromDocker) {
      record.set(free(record, "message"), event.get("line"));
    } else if (!event.isObject()) {
      record.put(free(record, "message"), event.isTextual() ? event.textValue() : event.toString());
    }
    merge(record, event, fromDocker ? Set.of("line") : Set.of());
    merge(record, envelope.path("fields"), Set.of());
    return record;
  }

  private boolean isBlank() {
    return event.isNull()
        || (event.isTextual() && event.textValue().isBlank())
        || (event.isContainerNode() && event.isEmpty());
  }

  /** Whether the time is none, or could be one. */
  private boolean hasUsableTime() {
    JsonNode time = envelope.path("time");
    return time.isMissingNode()
        || time.isNull()
        || time.isNumber()
        || (time.isTextual()
            && (time.textValue().isBlank()
                || SECONDS.matcher(time.textValue().strip()).matches()
                || isTime(time)));
  }

  /** Whether the envelope's time is one, be it too far ahead, for which the event is refused. */
  private boolean isTime(JsonNode time) {
    return objection(time).map(why -> why.reason() == Reason.TOO_FAR_IN_FUTURE).orElse(true);
  }

  private Optional<Rejection> objection(JsonNode time) {
    return timeObjection.apply(time.asText(""));
  }

  private void merge(ObjectNode record, JsonNode from, Set<String> but) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      if (!but.contains(field.getKey())) {
        record.set(free(record, name(field)), field.getValue());
      }
    }
  }

  /** Another than {@code timestamp} where the value cannot be one. */
  private String name(Map.Entry<String, JsonNode> field) {
    return field.getKey().equals("timestamp") && objection(field.getValue()).isPresent()
        ? "event.timestamp"
        : field.getKey();
  }

  /** A name the record does not have yet, as each field is kept. */
  private static String free(ObjectNode record, String name) {
    String free = name;
    while (record.has(free)) {
      free = "event." + free;
    }
    return free;
  }
}
