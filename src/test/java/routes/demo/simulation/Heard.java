package routes.demo.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import routes.demo.scenario.Label;
import routes.demo.text.Text;
import routes.demo.town.Service;

/** Keeps all that a simulation says. */
final class Heard implements Output {

  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  final List<byte[]> logs = new ArrayList<>();
  final List<Span> spans = new ArrayList<>();
  final List<Measurement> measurements = new ArrayList<>();
  final List<JsonNode> labels = new ArrayList<>();

  @Override
  public void log(Service service, Text line) {
    logs.add(line.toBytes());
  }

  @Override
  public void span(Span span) {
    spans.add(span);
  }

  @Override
  public void measurement(Measurement measurement) {
    measurements.add(measurement);
  }

  @Override
  public void label(Label label) {
    Text line = new Text();
    label.write(line);
    labels.add(read(line.toBytes()));
  }

  /** Every log as JSON; no field is there twice. */
  Stream<JsonNode> records() {
    return logs.stream().map(Heard::read);
  }

  private static JsonNode read(byte[] line) {
    try {
      return STRICT.readTree(new String(line, UTF_8));
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(new String(line, UTF_8), broken);
    }
  }
}
