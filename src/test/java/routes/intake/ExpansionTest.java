package routes.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.intake.datadog.DatadogLogs;
import routes.intake.hec.HecBodies;
import routes.intake.otlp.OtlpBodies;
import routes.intake.zipkin.ZipkinSpans;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.Intake;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.record.RecordParsers;
import routes.signal.Signal;

/** What bodies of many small parts become is counted, whatever their protocol. */
class ExpansionTest {

  private static final RecordParsers PARSERS =
      new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);

  private static final RecordParser PARSER = PARSERS.of(Signal.LOGS);

  private static final Map<String, BiFunction<DecodedBody, RequestHead, Intake>> READERS =
      Map.of(
          "/api/ingest", new HttpBodies(PARSERS)::read,
          "/api/v2/logs", new DatadogLogs(PARSER)::read,
          "/services/collector", new HecBodies(PARSER)::read,
          "/services/collector/raw", new HecBodies(PARSER)::read,
          "/v1/logs", new OtlpBodies(PARSER)::read,
          "/v1/metrics", new OtlpBodies(PARSERS.of(Signal.METRICS))::read,
          "/v1/traces", new OtlpBodies(PARSERS.of(Signal.TRACES))::read,
          "/api/v2/spans", new ZipkinSpans(PARSERS.of(Signal.TRACES))::read);

  private static final int PARTS = 100_000;
  private static final long MEMORY = 4 << 20;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/api/ingest             | ``              | `1\n`   | ``",
        "/api/ingest             | ``              | {}      | ``",
        "/api/ingest             | [               | `[],`   | 1]",
        "/api/ingest             | ``              | {\"time\":1,\"app\":\"a\"} | ``",
        "/api/v2/logs            | [               | `{\"a\":1},` | {}]",
        "/api/v2/logs            | [               | `1,`    | 1]",
        "/api/v2/logs            | [{\"a\":[       | `{},`   | 1]}]",
        "/services/collector     | ``              | {\"event\":1} | ``",
        "/services/collector     | {\"event\":[    | `[],`   | 1]}",
        "/services/collector/raw | ``              | `a\n`   | ``",
        "/v1/logs                | {\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[ | `{},` | {}]}]}]}",
        "/v1/logs                | {\"resourceLogs\":[{\"resource\":{\"attributes\":[ | `{},` | {}]}}]}",
        "/v1/logs                | {\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"attributes\":[ | `{},` | {}]}]}]}]}",
        "/v1/metrics             | {\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[ | `{},` | {}]}]}]}",
        "/v1/metrics             | {\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"gauge\":{\"dataPoints\":[ | `{},` | {}]}}]}]}]}",
        "/v1/traces              | {\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[ | `{},` | {}]}]}]}",
        "/api/v2/spans           | [               | `{},`   | {}]",
        "/api/v2/spans           | [               | `1,`    | 1]"
      })
  void many_parts_are_too_much(String path, String head, String part, String tail) {
    byte[] body = (head + part.repeat(PARTS) + tail).getBytes(ISO_8859_1);
    RequestHead request = Requests.head(path, "application/json", null, null);
    BiFunction<DecodedBody, RequestHead, Intake> reader = READERS.get(path);

    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> reader.apply(Requests.body(body, MEMORY), request))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(413));

    DecodedBody ample = Requests.body(body);
    Intake unused = reader.apply(ample, request);
    assertThat(ample.memory().bytes()).isGreaterThan(0);
  }
}
