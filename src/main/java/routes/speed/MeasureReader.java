package routes.speed;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import routes.json.ForeignJson;
import routes.record.LogRecord;
import routes.signal.Level;
import routes.signal.time.TimestampParser;

/** Reads what figures are made of from the fields at the top of accepted records. */
@ThreadSafe
final class MeasureReader {

  /** The series of records that do not say, and of those that say what nobody knows. */
  static final String NONE = "NONE";

  /** PostgreSQL's indexes take 2,704 bytes, and a character may be four. */
  private static final int LONGEST_SERIES = 400;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /** How many milliseconds one of a log's field of this name is. */
  private static final Map<String, Double> DURATIONS =
      Map.ofEntries(
          entry("duration_ms", 1.0),
          entry("duration_millis", 1.0),
          entry("elapsed_ms", 1.0),
          entry("latency_ms", 1.0),
          entry("response_time_ms", 1.0),
          entry("took_ms", 1.0),
          entry("duration_s", 1e3),
          entry("duration_seconds", 1e3),
          entry("latency_s", 1e3),
          entry("duration_us", 1e-3),
          entry("elapsed_us", 1e-3),
          entry("latency_us", 1e-3),
          entry("duration_ns", 1 / NANOS_PER_MILLI),
          entry("duration_nanos", 1 / NANOS_PER_MILLI));

  private static final JsonFactory JSON = new JsonFactory();

  Measure read(LogRecord log) {
    Fields fields = new Fields(log);
    try (JsonParser parser = ForeignJson.parser(log.line())) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        fields.take(parser, name, parser.nextToken());
      }
    } catch (IOException accepted) {
      throw new UncheckedIOException(accepted);
    }
    return fields.measure();
  }

  /** The fields of one record. */
  private static final class Fields {

    private final LogRecord log;
    private String series = NONE;
    private String attributes = "";
    private boolean error;
    private @Nullable ByteSlice trace;
    private @Nullable Double value;
    private @Nullable Instant end;

    Fields(LogRecord log) {
      this.log = log;
    }

    void take(JsonParser parser, String name, JsonToken token) throws IOException {
      switch (log.signal()) {
        case LOGS -> takeOfLog(parser, name, token);
        case METRICS -> takeOfPoint(parser, name, token);
        case TRACES -> takeOfSpan(parser, name, token);
      }
      parser.skipChildren();
    }

    private void takeOfLog(JsonParser parser, String name, JsonToken token) throws IOException {
      Double millis = DURATIONS.get(name);
      if (name.equals("level")) {
        Optional<Level> level = level(parser, token);
        series = level.map(Level::name).orElse(NONE);
        error = level.filter(known -> known.compareTo(Level.ERROR) >= 0).isPresent();
      } else if (name.equals("trace_id") && token == JsonToken.VALUE_STRING) {
        trace = ByteSlice.utf8(parser.getText());
      } else if (millis != null && value == null) {
        takeDuration(parser, token, millis);
      }
    }

    private void takeOfSpan(JsonParser parser, String name, JsonToken token) throws IOException {
      switch (name) {
        case "kind" ->
            series = token == JsonToken.VALUE_STRING ? shortened(parser.getText()) : NONE;
        case "status_code" -> error = parser.getText().equals("ERROR");
        case "trace_id" -> trace = ByteSlice.utf8(parser.getText());
        case "duration_nanos" -> takeDuration(parser, token, 1 / NANOS_PER_MILLI);
        case "end_timestamp" -> end = TimestampParser.parse(ByteSlice.utf8(parser.getText()));
        default -> {}
      }
    }

    private void takeOfPoint(JsonParser parser, String name, JsonToken token) throws IOException {
      switch (name) {
        case "name" -> series = parser.getText();
        case "attributes" -> attributes = token.isStructStart() ? copy(parser) : "";
        case "value" -> value = finite(parser, token);
        default -> {}
      }
    }

    private void takeDuration(JsonParser parser, JsonToken token, double millis)
        throws IOException {
      Double found = finite(parser, token);
      value = found != null && found >= 0 ? (Double) (found * millis) : null;
    }

    Measure measure() {
      if (value == null && end != null) {
        // As nanoseconds some fit in no long.
        Duration took = Duration.between(log.time(), end);
        value = (took.getSeconds() * NANOS_PER_SECOND + took.getNano()) / NANOS_PER_MILLI;
      }
      return new Measure(shortened(series + attributes), error, trace, value);
    }
  }

  private static Optional<Level> level(JsonParser parser, JsonToken token) throws IOException {
    boolean counts = token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
    return counts ? Level.of("level", TextNode.valueOf(parser.getText())) : Optional.empty();
  }

  /** The value as JSON without white space. */
  private static String copy(JsonParser parser) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator copy = JSON.createGenerator(text)) {
      copy.copyCurrentStructure(parser);
    }
    return text.toString();
  }

  private static @Nullable Double finite(JsonParser parser, JsonToken token) throws IOException {
    if (!token.isNumeric()) {
      return null;
    }
    double number = Double.parseDouble(parser.getText());
    return Double.isFinite(number) ? number : null;
  }

  /** Of what is too long the beginning, and a hash that tells it from others. */
  private static String shortened(String series) {
    if (series.length() <= LONGEST_SERIES) {
      return series;
    }
    byte[] bytes = ByteSlice.utf8(series).array();
    long hash = MurmurHash3.hash128x64(bytes, 0, bytes.length, 0)[0];
    int cut = Character.isHighSurrogate(series.charAt(LONGEST_SERIES - 1)) ? 1 : 0;
    return series.substring(0, LONGEST_SERIES - cut) + "#" + Long.toHexString(hash);
  }
}
