package routes.intake.hec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Maps one event in its envelope to a record. An event that is a text is the message; the fields of
 * one that is an object, and of {@code fields}, are fields of the record. What the envelope says
 * goes first: a field of the event by the same name becomes {@code event.<name>}.
 */
final class HecEvent {

  private static final Set<String> MAPPED = Set.of("time", "event", "fields");

  private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,19}(\\.[0-9]{1,19})?");

  private final JsonNode envelope;
  private final JsonNode event;

  /**
   * @param envelope an object
   */
  HecEvent(JsonNode envelope) {
    this.envelope = envelope;
    this.event = envelope.path("event");
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

  /** What sort of event it is, or else where it comes from: the service of one that names none. */
  Optional<String> origin() {
    return List.of("sourcetype", "source").stream()
        .map(name -> envelope.path(name).asText(""))
        .filter(name -> !name.isBlank())
        .findFirst();
  }

  ObjectNode record() {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    JsonNode time = envelope.path("time");
    if (time.isNumber()) {
      record.set("timestamp", time);
    } else if (time.isTextual()) {
      record.put("timestamp", time.textValue().strip());
    }
    merge(record, envelope, MAPPED);
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

  /** Whether the time is none, or a number, be it as text. */
  private boolean hasUsableTime() {
    JsonNode time = envelope.path("time");
    return time.isMissingNode()
        || time.isNull()
        || time.isNumber()
        || (time.isTextual() && SECONDS.matcher(time.textValue().strip()).matches());
  }

  private static void merge(ObjectNode record, JsonNode from, Set<String> but) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      if (!but.contains(field.getKey())) {
        record.set(free(record, field.getKey()), field.getValue());
      }
    }
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
