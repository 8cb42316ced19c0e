package routes.dashboard.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import routes.http.api.Json;
import routes.http.api.Request;

/**
 * Which records are wanted: those with a text in their data or key or as their sequence number, and
 * those of which a field has a value. Both ignore case.
 *
 * @param text in lower case
 * @param field may be a path such as {@code user.id}
 * @param value in lower case; empty = any value will do
 */
record RecordFilter(Optional<String> text, Optional<String> field, Optional<String> value) {

  static RecordFilter of(Request request) {
    return new RecordFilter(
        request.text("text").map(RecordFilter::lowerCase),
        request.text("field").map(String::strip),
        request.text("value").map(RecordFilter::lowerCase));
  }

  boolean isNone() {
    return text.isEmpty() && field.isEmpty();
  }

  boolean matches(RecordView record) {
    return text.map(
                wanted ->
                    lowerCase(record.data()).contains(wanted)
                        || lowerCase(record.partitionKey()).contains(wanted)
                        || record.sequenceNumber().equals(wanted))
            .orElse(true)
        && field.map(path -> anyHas(record.data(), path.split("\\."))).orElse(true);
  }

  /** Whether any of the JSON objects in a record, alone, in lines or in an array, has the field. */
  private boolean anyHas(String data, String[] path) {
    try (MappingIterator<JsonNode> values =
        Json.MAPPER.readerFor(JsonNode.class).readValues(data)) {
      while (values.hasNextValue()) {
        if (has(values.nextValue(), path)) {
          return true;
        }
      }
    } catch (IOException notJson) {
      return false;
    }
    return false;
  }

  private boolean has(JsonNode object, String[] path) {
    JsonNode found = object;
    for (String name : path) {
      found = found.path(name);
    }
    if (found.isMissingNode()) {
      return false;
    }
    String text = found.isValueNode() ? found.asText() : found.toString();
    return value.map(lowerCase(text)::equals).orElse(true);
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
