package routes.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The members of one request, or of a part of it. */
record Members(JsonNode json) {

  Members {
    if (!json.isObject()) {
      throw SqsException.invalid("The request, or an entry of it, is no structure.");
    }
  }

  @Nullable String string(String member) {
    JsonNode value = json.path(member);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  String required(String member) {
    String value = string(member);
    if (value == null) {
      throw SqsException.missing(member);
    }
    return value;
  }

  /** Null where the request does not say. */
  @Nullable Integer integer(String member, int min, int max) {
    String value = string(member);
    return value == null ? null : (Integer) number(member, value, min, max);
  }

  static int number(String member, String value, int min, int max) {
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Told below.
    }
    throw SqsException.invalid(
        "Value %s for parameter %s is invalid: must be between %s and %s."
            .formatted(value, member, min, max));
  }

  /** None where the request has no such list. */
  List<String> strings(String member) {
    return StreamSupport.stream(json.path(member).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  List<Members> list(String member) {
    return StreamSupport.stream(json.path(member).spliterator(), false).map(Members::new).toList();
  }

  /** None where the request has no such map. */
  Map<String, String> texts(String member) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.path(member).properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  Map<String, Members> structures(String member) {
    Map<String, Members> structures = new LinkedHashMap<>();
    json.path(member)
        .properties()
        .forEach(e -> structures.put(e.getKey(), new Members(e.getValue())));
    return structures;
  }
}
