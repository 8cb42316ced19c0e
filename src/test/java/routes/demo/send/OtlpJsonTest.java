package routes.demo.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import routes.demo.scenario.Scenarios;
import routes.demo.simulation.Options;
import routes.demo.simulation.Simulation;
import routes.demo.town.Town;

/** What is sent is OpenTelemetry's JSON, held against the fields of its messages. */
class OtlpJsonTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Batch> BATCHES = new ArrayList<>();

  @BeforeAll
  static void live() {
    Town town = Town.load();
    Scenarios scenarios = new Scenarios(town, Path.of("does-not-exist"));
    Options options = new Options(1, Instant.parse("2026-11-20T17:00:00Z"), 200, 100);
    Simulation simulation = new Simulation(town, scenarios, options);
    Outbox outbox = new Outbox();
    for (int i = 0; i < 60; i++) {
      simulation.tick(outbox);
      BATCHES.addAll(outbox.takeFull());
    }
    BATCHES.addAll(outbox.takeAll());
  }

  private static List<Batch> of(Signal signal) {
    return BATCHES.stream().filter(batch -> batch.signal() == signal).toList();
  }

  @Test
  void a_body_of_logs_has_a_line_for_each() {
    assertThat(of(Signal.LOGS))
        .hasSizeGreaterThan(5)
        .allSatisfy(
            batch -> assertThat(new String(batch.body(), UTF_8).lines()).hasSize(batch.records()));
  }

  @Test
  void spans_have_the_fields_of_the_protocol_and_are_as_many_as_told() throws Exception {
    for (Batch batch : of(Signal.TRACES)) {
      JsonNode body = JSON.readTree(batch.body());
      assertThat(unknown(body, ExportTraceServiceRequest.getDescriptor(), "")).isEmpty();
      List<JsonNode> spans = body.findValues("spanId");
      assertThat(spans).hasSize(batch.records());
      assertThat(body.findValues("traceId"))
          .allSatisfy(id -> assertThat(id.asText()).matches("[0-9a-f]{32}"));
    }
    assertThat(of(Signal.TRACES)).hasSizeGreaterThan(5);
  }

  @Test
  void metrics_have_the_fields_of_the_protocol_and_are_as_many_points_as_told() throws Exception {
    for (Batch batch : of(Signal.METRICS)) {
      JsonNode body = JSON.readTree(batch.body());
      assertThat(unknown(body, ExportMetricsServiceRequest.getDescriptor(), "")).isEmpty();
      assertThat(body.findValues("dataPoints").stream().mapToInt(JsonNode::size).sum())
          .isEqualTo(batch.records());
      for (JsonNode histogram : body.findValues("histogram")) {
        JsonNode point = histogram.at("/dataPoints/0");
        assertThat(point.path("bucketCounts")).hasSize(point.path("explicitBounds").size() + 1);
        assertThat(histogram.path("aggregationTemporality").asInt())
            .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA_VALUE);
      }
    }
    assertThat(of(Signal.METRICS)).isNotEmpty();
  }

  /** Names of fields that a message does not have. */
  private static Set<String> unknown(JsonNode node, Descriptor message, String path) {
    Set<String> unknown = new TreeSet<>();
    node.properties()
        .forEach(
            entry -> {
              String name = path + "/" + entry.getKey();
              message.getFields().stream()
                  .filter(field -> field.getJsonName().equals(entry.getKey()))
                  .findFirst()
                  .ifPresentOrElse(
                      field -> {
                        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                          JsonNode value = entry.getValue();
                          if (field.isRepeated()) {
                            value.forEach(
                                item ->
                                    unknown.addAll(unknown(item, field.getMessageType(), name)));
                          } else {
                            unknown.addAll(unknown(value, field.getMessageType(), name));
                          }
                        }
                      },
                      () -> unknown.add(name));
            });
    return unknown;
  }
}
