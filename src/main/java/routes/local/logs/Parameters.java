package routes.local.logs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The parameters of one request. */
record Parameters(JsonNode json) {

  Parameters {
    if (!json.isObject()) {
      throw LogsException.invalid("The request is no structure.");
    }
  }

  @Nullable String text(String name) {
    JsonNode value = json.path(name);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  String required(String name) {
    String value = text(name);
    if (value == null || value.isEmpty()) {
      throw LogsException.invalid("The request must have the parameter %s.".formatted(name));
    }
    return value;
  }

  /** The group by its name or its ARN, whichever parameter has it. */
  String group() {
    String name = text("logGroupIdentifier");
    return name == null
        ? required("logGroupName")
        : name.replaceFirst("^arn:.*:log-group:", "").replaceFirst(":\\*$", "");
  }

  long number(String name, long otherwise) {
    JsonNode value = json.path(name);
    return value.isNumber() ? value.asLong() : otherwise;
  }

  int limit(int max) {
    long limit = number("limit", max);
    if (limit < 1 || limit > max) {
      throw LogsException.invalid("limit %s must be between 1 and %s.".formatted(limit, max));
    }
    return (int) limit;
  }

  boolean flag(String name) {
    return json.path(name).asBoolean(false);
  }

  /** None where the request has no such list. */
  List<String> texts(String name) {
    return StreamSupport.stream(json.path(name).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
