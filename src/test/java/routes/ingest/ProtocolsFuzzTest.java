package routes.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import routes.ingest.IntakeRoutes.Answer;

/** Whatever comes in the other protocols, it is answered truthfully and never a fault of ours. */
class ProtocolsFuzzTest {

  private static @Nullable IntakeRoutes routes;

  @BeforeContainer
  static void start() throws Exception {
    routes = new IntakeRoutes();
  }

  @AfterContainer
  static void stop() {
    Objects.requireNonNull(routes).close();
  }

  @Property(tries = 2000)
  void of_a_hec_request_all_is_taken_or_nothing(
      @ForAll("json") byte[] body,
      @ForAll("hecPaths") String path,
      @ForAll("queries") Map<String, String> headers) {
    int before = published();

    Answer answer = post(path, body, headers);

    assertThat(answer.status()).isIn(200, 400);
    assertThat(answer.body()).startsWith("{\"text\":\"");
    if (answer.status() == 200) {
      assertThat(published()).isGreaterThan(before);
    } else {
      assertThat(published()).isEqualTo(before);
    }
  }

  @Property(tries = 2000)
  void datadogs_clients_are_told_unless_all_is_taken(
      @ForAll("json") byte[] body, @ForAll("queries") Map<String, String> headers) {
    int before = published();

    Answer answer = post("/api/v2/logs", body, headers);

    assertThat(answer.status()).isIn(202, 400);
    int taken = published() - before;
    if (answer.status() == 202) {
      assertThat(answer.body()).isEqualTo("{}");
    } else if (taken > 0) {
      assertThat(answer.body()).contains(taken + " logs were taken, ");
    }
  }

  @Property(tries = 2000)
  void otlp_in_json_is_answered_in_json(@ForAll("json") byte[] body) {
    assertOtlp(body, "application/json");
  }

  @Property(tries = 2000)
  void otlp_in_protobuf_is_answered_in_protobuf(@ForAll("protobuf") byte[] body) {
    assertOtlp(body, "application/x-protobuf");
  }

  private void assertOtlp(byte[] body, String type) {
    int before = published();

    Answer answer = post("/v1/logs", body, Map.of("Content-Type", type));

    assertThat(answer.status()).isIn(200, 400);
    assertThat(answer.type()).isEqualTo(type);
    if (answer.status() == 400) {
      assertThat(published()).isEqualTo(before);
    }
  }

  @Provide
  Arbitrary<byte[]> json() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\n",
            "\"",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "\ufeff",
            "null",
            "1e999999999999",
            "-0.0",
            "1".repeat(1001),
            "\"event\":",
            "\"time\":",
            "\"fields\":",
            "\"line\":",
            "\"message\":",
            "\"service\":",
            "\"timestamp\":",
            "{\"event\":\"x\"}",
            "{\"event\":{\"line\":\"x\"},\"time\":1795000000.5,\"fields\":{\"event.line\":1}}",
            "{\"event\":1e400,\"time\":\"1795000000\",\"sourcetype\":\"a/b\"}",
            "{\"event\":\"\\ud800\",\"x\":1e99999}",
            "{\"event\":{\"x\":1e99999999999},\"message\":\"m\"}",
            "{\"message\":\"m\",\"ddsource\":\"s\",\"service\":7}",
            "{\"message\":\"m\",\"timestamp\":\"never\"}",
            "\"resourceLogs\":[",
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\",\"body\":",
            "{\"stringValue\":\"s\"}",
            "{\"bytesValue\":\"!\"}",
            "{\"intValue\":\"99999999999999999999\"}",
            "{\"kvlistValue\":{\"values\":[{\"key\":\"a\"}]}}",
            "\"traceId\":\"zz\"",
            "}]}]}]}",
            "[".repeat(2000));
    Arbitrary<byte[]> almost =
        parts.list().ofMaxSize(12).map(list -> String.join("", list).getBytes(UTF_8));
    return Arbitraries.oneOf(almost, bytes());
  }

  @Provide
  Arbitrary<byte[]> protobuf() {
    return Arbitraries.oneOf(
        bytes(),
        Combinators.combine(
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.longs(),
                Arbitraries.integers().between(0, 200),
                Arbitraries.bytes())
            .as(ProtocolsFuzzTest::damaged));
  }

  private static byte[] damaged(String text, long nanos, int at, byte damage) {
    AnyValue value = AnyValue.newBuilder().setStringValue(text).build();
    byte[] request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(
                        ScopeLogs.newBuilder()
                            .addLogRecords(
                                LogRecord.newBuilder()
                                    .setTimeUnixNano(nanos)
                                    .setBody(value)
                                    .addAttributes(
                                        KeyValue.newBuilder().setKey(text).setValue(value)))))
            .build()
            .toByteArray();
    if (at < request.length) {
      request[at] = damage;
    }
    return request;
  }

  private static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(100);
  }

  @Provide
  Arbitrary<String> hecPaths() {
    return Arbitraries.of("/services/collector", "/services/collector/raw");
  }

  @Provide
  Arbitrary<Map<String, String>> queries() {
    return Arbitraries.of(
            List.of(
                "", "service=a", "service=%00", "time=never", "sourcetype=%zz&host=h", "ddtags=a"))
        .map(
            query -> {
              Map<String, String> headers = new HashMap<>();
              if (!query.isEmpty()) {
                headers.put("CamelHttpQuery", query);
              }
              return headers;
            });
  }

  private static Answer post(String path, byte[] body, Map<String, String> headers) {
    return Objects.requireNonNull(routes).post(path, body, headers);
  }

  private static int published() {
    return Objects.requireNonNull(routes).published().size();
  }
}
