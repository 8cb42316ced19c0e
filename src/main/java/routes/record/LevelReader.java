package routes.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import routes.json.ByteSlice;
import routes.json.ForeignJson;
import routes.signal.Level;

/** Reads the level of a line, under any of the names it goes by. */
@ThreadSafe
public final class LevelReader {

  /** OpenTelemetry's number, which stands beside the words of the logger. */
  private static final Set<String> NUMBERS = Set.of("severity_number", "severityNumber");

  /** Of a span, the only thing that is like a level. */
  private static final String SPAN_STATUS = "status_code";

  private final Set<String> names;

  public LevelReader(FieldNames names) {
    this.names = Set.copyOf(names.level());
  }

  /** The field {@code level}, else the first that says one; not those of objects within. */
  public Optional<Level> read(ByteSlice line) {
    Optional<Level> found = Optional.empty();
    try (JsonParser json = ForeignJson.parser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return found;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("level") || (found.isEmpty() && isLevel(name))) {
          Optional<Level> level = node(json, value).flatMap(node -> Level.of(name, node));
          found = level.isPresent() ? level : found;
          if (name.equals("level") && level.isPresent()) {
            return level;
          }
        }
        json.skipChildren();
      }
    } catch (IOException notJson) {
      // What was read so far counts.
    }
    return found;
  }

  private boolean isLevel(String name) {
    return names.contains(name) || NUMBERS.contains(name) || name.equals(SPAN_STATUS);
  }

  private static Optional<JsonNode> node(JsonParser json, JsonToken value) throws IOException {
    return switch (value) {
      case VALUE_STRING -> Optional.of(TextNode.valueOf(json.getText()));
      case VALUE_NUMBER_INT -> Optional.of(IntNode.valueOf(json.getValueAsInt()));
      default -> Optional.empty();
    };
  }
}
