package routes.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.http.MalformedBodyException;
import routes.ingest.Requests;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.Intake;
import routes.record.RecordLimits;
import routes.record.RecordParsers;

/** What is wrong somewhere in a request of OTLP/JSON is told for as many records as it concerns. */
class OtlpFaultsTest {

  private static final String BAD = "{\"timeUnixNano\":\"x\"}";

  private final OtlpProtocol otlp =
      new OtlpProtocol(
          new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection));

  @Test
  void names_as_the_definition_has_them_are_places_too() {
    Intake intake =
        logs("{\"resource_logs\":[{\"scope_logs\":[{\"log_records\":[{}," + BAD + "]}]}]}");

    assertThat(intake.accepted()).hasSize(1);
    assertThat(rejected(intake)).containsExactly(BAD);
  }

  @ParameterizedTest
  @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
  @ValueSource(strings = {"1e-400000000", "1e400000000", "1e2147483647", "1e-2147483647"})
  void a_number_that_is_long_once_written_out_is_refused_with_its_record(String number) {
    String bad = "{\"body\":{\"intValue\":\"" + number + "\"}}";

    Intake intake =
        logs("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{}," + bad + "]}]}]}");

    assertThat(intake.accepted()).hasSize(1);
    assertThat(rejected(intake)).containsExactly(bad);
  }

  @Test
  void of_two_lists_of_one_name_the_records_would_have_the_same_places() {
    String scope = "{\"logRecords\":[" + BAD + "],\"log_records\":[{},{}]}";

    Intake intake =
        logs("{\"resourceLogs\":[{\"scopeLogs\":[" + scope + ",{\"logRecords\":[{}]}]}]}");

    assertThat(intake.accepted()).hasSize(1);
    assertThat(rejected(intake)).containsExactly(BAD, scope);
    assertThat(
            logs("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{}],\"logRecords\":[{}]}]}]}")
                .rejected())
        .singleElement()
        .asString()
        .contains("expected no second value at \"/resourceLogs/0/scopeLogs/0/logRecords\"");
  }

  @Test
  void what_is_no_object_is_a_fault_in_its_place() {
    Intake intake =
        read(
            "/v1/logs",
            """
            {"resourceLogs":[null,{"scopeLogs":[7,{"logRecords":[{},"x",{},[{}],{}]}]},
             {"resource":[],"scopeLogs":[{"logRecords":[{}]}]},{"scopeLogs":[{"logRecords":[{}]}]}]}
            """);

    assertThat(intake.accepted()).hasSize(4);
    assertThat(intake.rejected())
        .extracting(record -> record.rejection().message().replaceAll(".* at ", ""))
        .containsExactlyInAnyOrder(
            "\"/resourceLogs/0\"",
            "\"/resourceLogs/1/scopeLogs/0\"",
            "\"/resourceLogs/1/scopeLogs/1/logRecords/1\"",
            "\"/resourceLogs/1/scopeLogs/1/logRecords/3\"",
            "\"/resourceLogs/2/resource\"");
    assertThat(rejected(intake)).contains("null", "7", "\"x\"", "[{}]");
  }

  @Test
  void a_request_has_each_list_once() {
    assertThatExceptionOfType(MalformedBodyException.class)
        .isThrownBy(() -> logs("{\"resourceLogs\":[],\"resourceLogs\":[{}]}"))
        .withMessageContaining("expected no second value at \"/resourceLogs\"");
  }

  @Test
  void a_fault_is_told_where_there_is_no_record() {
    String metric = "{\"name\":\"m\",\"gauge\":{\"dataPoints\":[]},\"unit\":7}";

    Intake intake =
        read(
            "/v1/metrics",
            "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[" + metric + "]}]}]}");

    assertThat(intake.accepted()).isEmpty();
    assertThat(rejected(intake)).containsExactly(metric);
    assertThat(intake.rejectedCount()).isEqualTo(1);
  }

  @Test
  void a_fault_of_a_metric_is_that_of_each_point() {
    String point = "{\"timeUnixNano\":\"1795000000123456789\",\"asInt\":\"1\"}";
    String metric =
        "{\"name\":7,\"gauge\":{\"dataPoints\":[" + point + "," + point + "," + BAD + "]}}";

    Intake intake =
        read(
            "/v1/metrics",
            "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[" + metric + "]}]}]}");

    assertThat(intake.rejectedCount()).isEqualTo(3);
    assertThat(intake.rejected())
        .extracting(record -> record.rejection().message().replaceAll(".* at ", ""))
        .containsExactly(
            "\"/resourceMetrics/0/scopeMetrics/0/metrics/0/name\"",
            "\"/resourceMetrics/0/scopeMetrics/0/metrics/0/name\"",
            "\"/resourceMetrics/0/scopeMetrics/0/metrics/0/gauge/dataPoints/2/timeUnixNano\"");
  }

  @Test
  void a_fault_is_told_of_a_record_that_is_too_long_as_well() {
    String bad = "{\"timeUnixNano\":\"x\",\"severityText\":\"" + "l".repeat(2 << 20) + "\"}";

    Intake intake =
        logs("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{}," + bad + "]}]}]}");

    assertThat(intake.accepted()).hasSize(1);
    assertThat(rejected(intake)).containsExactly(bad);
    assertThat(intake.rejected().get(0).rejection().message()).startsWith("No OTLP/JSON: ");
  }

  @Test
  void points_whose_resource_is_too_long_are_counted_and_not_kept() {
    String resource =
        "{\"attributes\":[{\"key\":\"k\",\"value\":{\"stringValue\":\"%s\"}}]}"
            .formatted("l".repeat(2 << 20));

    Intake intake =
        read(
            "/v1/metrics",
            "{\"resourceMetrics\":[{\"resource\":%s,\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"sum\":{\"dataPoints\":[{},{},{}]}}]}]}]}"
                .formatted(resource));

    assertThat(intake.rejected())
        .extracting(record -> record.rejection().reason().code() + ":" + record.bytes())
        .containsExactly("too-large:", "too-large:", "too-large:");
  }

  private Intake logs(String json) {
    return read("/v1/logs", json);
  }

  private Intake read(String path, String json) {
    return otlp.read(
            Requests.body(json.getBytes(UTF_8)),
            Requests.head(path, "application/json", null, null))
        .intake();
  }

  private static List<String> rejected(Intake intake) {
    return intake.rejected().stream().map(record -> record.bytes().toString()).toList();
  }
}
