package routes.dashboard.query;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import routes.json.ForeignJson;
import routes.record.LevelReader;
import routes.signal.Level;

/** A line that is looked at; what takes work is found out once, when it is asked for. */
public final class Candidate {

  /** A number with more digits than usual would take long to become one. */
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              ForeignJson.builder()
                  .streamReadConstraints(
                      ForeignJson.ANY_LENGTH
                          .rebuild()
                          .maxNumberLength(StreamReadConstraints.DEFAULT_MAX_NUM_LEN)
                          .build())
                  .build())
          .build();

  private final ByteSlice line;
  private final String service;
  private final LevelReader levels;
  private @Nullable String text;
  private @Nullable JsonNode fields;
  private boolean isLevelRead;
  private @Nullable Level level;

  public Candidate(ByteSlice line, String service, LevelReader levels) {
    this.line = line;
    this.service = service;
    this.levels = levels;
  }

  String service() {
    return service;
  }

  ByteSlice line() {
    return line;
  }

  /** The line as it is, in lower case. */
  String text() {
    if (text == null) {
      text = line.toString().toLowerCase(Locale.ROOT);
    }
    return text;
  }

  /** Missing when the line is no JSON. */
  JsonNode fields() {
    if (fields == null) {
      fields = parsed();
    }
    return fields;
  }

  public Optional<Level> level() {
    if (!isLevelRead) {
      level = levels.read(line).orElse(null);
      isLevelRead = true;
    }
    return Optional.ofNullable(level);
  }

  private JsonNode parsed() {
    try (JsonParser parser = ForeignJson.parser(line, JSON.getFactory())) {
      JsonNode read = JSON.readTree(parser);
      return read == null ? MissingNode.getInstance() : read;
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
