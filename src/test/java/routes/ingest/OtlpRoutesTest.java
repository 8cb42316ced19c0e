package routes.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.http.Encoded;
import routes.ingest.IntakeRoutes.Answer;
import routes.kinesis.publish.Delivery;
import routes.kinesis.publish.PublishOverloadedException;
import routes.kinesis.publish.PublishUnavailableException;

/** What OTLP clients are answered: the route {@code ingest-otlp} with its errors. */
class OtlpRoutesTest {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final LogRecord GOOD =
      LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue("m")).build();
  private static final LogRecord FUTURE = LogRecord.newBuilder().setTimeUnixNano(-1).build();
  private static final String GOOD_JSON =
      "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"m\"}}]}]}]}";

  private @Nullable IntakeRoutes routes;

  @BeforeEach
  void start() throws Exception {
    routes = new IntakeRoutes();
  }

  @AfterEach
  void stop() {
    routes().close();
  }

  @Test
  void success_is_an_empty_message_in_the_encoding_of_the_request() {
    assertAnswer(post(request(GOOD), PROTOBUF), 200, PROTOBUF, "");
    assertAnswer(post(GOOD_JSON.getBytes(UTF_8), JSON + "; charset=utf-8"), 200, JSON, "{}");
    assertThat(services()).containsExactly("unknown_service", "unknown_service");
  }

  @Test
  void an_empty_request_succeeds() {
    assertAnswer(post(new byte[0], PROTOBUF), 200, PROTOBUF, "");
    assertAnswer(post("{}".getBytes(UTF_8), JSON), 200, JSON, "{}");
    assertThat(services()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void encoded_requests_are_decoded(Encoded encoding) {
    Answer answer =
        routes()
            .post(
                "/v1/logs",
                encoding.encode(request(GOOD)),
                Map.of("Content-Type", PROTOBUF, "Content-Encoding", encoding.header()));

    assertAnswer(answer, 200, PROTOBUF, "");
    assertThat(services()).hasSize(1);
  }

  @Test
  void some_records_that_are_not_acceptable_make_it_a_partial_success() throws Exception {
    Answer answer = post(request(FUTURE, GOOD), PROTOBUF);

    assertThat(answer.status()).isEqualTo(200);
    ExportLogsPartialSuccess partial =
        ExportLogsServiceResponse.parseFrom(answer.content().array()).getPartialSuccess();
    assertThat(partial.getRejectedLogRecords()).isEqualTo(1);
    assertThat(partial.getErrorMessage())
        .startsWith("1 of 2 log records are not acceptable: 0: Timestamp \"2554-07-21T23:34:33");
    assertThat(services()).hasSize(1);
  }

  @Test
  void a_partial_success_in_json_has_its_number_as_text() {
    String json =
        GOOD_JSON.replace("[{\"body", "[{\"timeUnixNano\":\"18446744073709551615\"},{\"body");

    Answer answer = post(json.getBytes(UTF_8), JSON);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith(
            "{\"partialSuccess\":{\"rejectedLogRecords\":\"1\",\"errorMessage\":\"1 of 2 log");
    assertThat(services()).hasSize(1);
  }

  @Test
  void records_none_of_which_is_acceptable_are_the_clients_fault() {
    Answer answer = post(request(FUTURE, FUTURE, FUTURE, FUTURE, FUTURE, FUTURE), PROTOBUF);

    assertThat(answer.status()).isEqualTo(400);
    assertStatus(answer, 3, "6 of 6 log records are not acceptable: 0: Timestamp ");
    assertThat(message(answer)).contains("; 4: ").doesNotContain("; 5: ").endsWith("; …");
  }

  @Test
  void what_cannot_be_read_is_refused_in_the_encoding_of_the_request() {
    byte[] cut = Arrays.copyOf(request(GOOD), 3);

    assertStatus(post(cut, PROTOBUF), 3, "The body is no protobuf: ");
    assertThat(post(cut, PROTOBUF).status()).isEqualTo(400);
    assertAnswer(
        post("[]".getBytes(UTF_8), JSON),
        400,
        JSON,
        "{\"code\":3,\"message\":\"The body is no OTLP/JSON: expected START_OBJECT at \\\"\\\""
            + " (line 1, column 2)\"}");
    assertAnswer(
        post(request(GOOD), "text/plain"),
        415,
        JSON,
        "{\"code\":12,\"message\":\"Content-Type must be application/x-protobuf or"
            + " application/json\"}");
    assertThat(services()).isEmpty();
  }

  @Test
  void a_bomb_is_too_large() {
    byte[] bomb = Encoded.GZIP.encode(new byte[IntakeRoutes.MAX_BYTES + 1]);

    Answer answer = post(bomb, PROTOBUF);

    assertThat(answer.status()).isEqualTo(413);
    assertStatus(answer, 3, "The body decompresses to more than");
  }

  @Test
  void what_may_succeed_later_says_when() {
    routes().failWith(new PublishOverloadedException("full", 1));
    Answer overloaded = post(request(GOOD), PROTOBUF);
    assertThat(overloaded.status()).isEqualTo(429);
    assertThat(overloaded.header("Retry-After")).isEqualTo("1");
    assertStatus(overloaded, 8, "full");

    routes().failWith(new PublishUnavailableException("away", new Delivery(1, 0, 0), null));
    Answer unavailable = post(GOOD_JSON.getBytes(UTF_8), JSON);
    assertAnswer(unavailable, 503, JSON, "{\"code\":14,\"message\":\"away\"}");
    assertThat(unavailable.header("Retry-After")).isEqualTo("5");
  }

  private static void assertAnswer(Answer answer, int status, String type, String body) {
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.type()).isEqualTo(type);
    assertThat(answer.status()).isEqualTo(status);
  }

  /** A {@code google.rpc.Status} in protobuf. */
  private static void assertStatus(Answer answer, long code, String message) {
    assertThat(answer.type()).isEqualTo(PROTOBUF);
    assertThat(status(answer).getField(1).getVarintList()).containsExactly(code);
    assertThat(message(answer)).startsWith(message);
  }

  private static String message(Answer answer) {
    return status(answer).getField(2).getLengthDelimitedList().get(0).toStringUtf8();
  }

  private static UnknownFieldSet status(Answer answer) {
    try {
      return UnknownFieldSet.parseFrom(answer.content().array());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private static byte[] request(LogRecord... records) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(List.of(records))))
        .build()
        .toByteArray();
  }

  private Answer post(byte[] body, String type) {
    return routes().post("/v1/logs", body, Map.of("Content-Type", type));
  }

  private List<String> services() {
    return routes().published();
  }

  private IntakeRoutes routes() {
    return Objects.requireNonNull(routes);
  }
}
