package routes.dashboard.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import routes.record.ByteSlice;
import routes.record.FieldNames;

/** Whether a record has one of some levels, under any of the names a level goes by. */
final class LevelFilter {

  private static final JsonFactory JSON = new JsonFactory();

  private final List<String> names;
  private final Set<String> wanted;

  /**
   * A filter.
   *
   * @param level in any case
   */
  LevelFilter(FieldNames names, String level) {
    this.names = names.level();
    this.wanted = alike(level.strip().toLowerCase(Locale.ROOT));
  }

  boolean accepts(ByteSlice line) {
    return level(line).map(level -> wanted.contains(level.toLowerCase(Locale.ROOT))).orElse(false);
  }

  /** The field {@code level}, else the first that is called so; not those of objects within. */
  private Optional<String> level(ByteSlice line) {
    Optional<String> alias = Optional.empty();
    try (JsonParser json = JSON.createParser(line.array(), line.offset(), line.length())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value.isScalarValue() && names.contains(name)) {
          if (name.equals("level")) {
            return Optional.of(json.getText());
          }
          alias = alias.isPresent() ? alias : Optional.of(json.getText());
        }
        json.skipChildren();
      }
      return alias;
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private static Set<String> alike(String level) {
    return switch (level) {
      case "warn", "warning" -> Set.of("warn", "warning");
      case "error", "err" -> Set.of("error", "err");
      case "fatal", "critical" -> Set.of("fatal", "critical");
      default -> Set.of(level);
    };
  }
}
