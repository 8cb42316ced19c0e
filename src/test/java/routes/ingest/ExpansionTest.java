package routes.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.http.HttpProblem;
import routes.http.RequestHead;
import routes.json.AlikeNames;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParsers;

/** What bodies of many small parts become is counted, whatever their protocol. */
class ExpansionTest {

  private static final RecordParsers PARSERS =
      new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);

  private static final Map<String, Protocol> PROTOCOLS = Protocols.byPath(PARSERS, "job");

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
        "/services/collector     | {\"event\":1,\"        | `names`     | \":1}",
        "/api/v2/logs            | {\"                  | `esc\\\"ape` | \":1}",
        "/api/v2/spans           | [{\"                 | `names`     | \":1}]",
        "/v1/logs                | {\"                  | `names`     | \":1}",
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
    Protocol protocol = protocol(path);

    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> protocol.read(Requests.body(body, MEMORY), request))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(413));

    assertThatCode(() -> protocol.read(Requests.body(body), request)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/api/v2/logs        | {\"a\":1,",
        "/services/collector | {\"event\":1,",
        "/v1/logs            | {"
      })
  @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
  void names_with_one_hash_in_the_parser_are_names(String path, String head) {
    String record = head + AlikeNames.ofBytes(12) + "}";
    byte[] body = record.getBytes(UTF_8);

    assertThatCode(
            () ->
                protocol(path)
                    .read(Requests.body(body), Requests.head(path, "application/json", null, null)))
        .doesNotThrowAnyException();
  }

  /** Jackson keeps the names it meets for as long as its factory lives, to meet them again. */
  @ParameterizedTest
  @ValueSource(strings = {"/api/ingest", "/api/v2/logs", "/services/collector", "/v1/logs"})
  void names_are_forgotten_with_their_body(String path) {
    RequestHead request = Requests.head(path, "application/json", null, null);
    long before = used();

    for (int i = 0; i < 200; i++) {
      StringBuilder body = new StringBuilder("{\"event\":1");
      for (int name = 0; name < 5; name++) {
        body.append(",\"").append("n".repeat(40_000)).append(5 * i + name).append("\":{}");
      }
      Received unused =
          protocol(path).read(Requests.body(body.append('}').toString().getBytes(UTF_8)), request);
    }

    assertThat(used() - before).isLessThan(20 << 20);
  }

  private static Protocol protocol(String path) {
    return PROTOCOLS.entrySet().stream()
        .filter(spoken -> path.startsWith(spoken.getKey()))
        .map(Map.Entry::getValue)
        .findAny()
        .orElseThrow();
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
