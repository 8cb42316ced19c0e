package routes.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.http.BodyMemory;
import routes.http.Encoded;
import routes.ingest.IntakeRoutes.Answer;
import routes.kinesis.publish.Delivery;
import routes.kinesis.publish.PublishOverloadedException;
import routes.kinesis.publish.PublishRefusedException;
import routes.kinesis.publish.PublishUnavailableException;

/** What each request is answered: the route {@code ingest} and its table of errors. */
class IntakeRoutesTest {

  /** More than one small request takes. */
  private static final int ROOM = 12 << 10;

  private static final String GOOD =
      "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"checkout\",\"message\":\"m\"}";
  private static final String NAMELESS = "{\"timestamp\":\"2026-11-20T09:00:00Z\"}";
  private static final String NO_SERVICE =
      "{\"index\":%d,\"reason\":\"no-service\",\"message\":\"No text in any of the fields"
          + " [service, service.name, service_name, app, serviceName, appname, _service, SYSLOG_IDENTIFIER]\"}";
  private static final Delivery NOTHING = new Delivery(1, 0, 0);

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
  void some_invalid_records_do_not_keep_the_others_out() {
    Answer answer = post("[" + NAMELESS + "," + GOOD + "]", Map.of());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo("{\"accepted\":1,\"rejected\":1,\"errors\":[" + NO_SERVICE.formatted(0) + "]}");
    assertThat(services()).containsExactly("checkout");
  }

  @Test
  void of_many_invalid_records_the_first_twenty_are_told() {
    Answer answer = post("[" + (NAMELESS + ",").repeat(30) + GOOD + "]", Map.of());

    String told =
        IntStream.range(0, 20).mapToObj(NO_SERVICE::formatted).collect(Collectors.joining(","));
    assertThat(answer.body())
        .isEqualTo("{\"accepted\":1,\"rejected\":30,\"errors\":[" + told + "]}");
  }

  @Test
  void with_strict_one_invalid_record_keeps_all_out() {
    Answer answer =
        post("[" + GOOD + "," + NAMELESS + "]", Map.of("CamelHttpQuery", "strict=true"));

    assertProblem(
        answer,
        400,
        "Bad Request",
        "1 of 2 records are not valid, and with strict=true none is accepted",
        ",\"errors\":[" + NO_SERVICE.formatted(1) + "]");
    assertThat(services()).isEmpty();
  }

  @Test
  void with_strict_valid_records_are_taken() {
    assertThat(post(GOOD, Map.of("CamelHttpQuery", "strict=true")).status()).isEqualTo(200);
    assertThat(services()).containsExactly("checkout");
  }

  @Test
  void a_body_without_any_valid_record_is_the_clients_fault() {
    assertProblem(
        post(NAMELESS, Map.of()),
        400,
        "Bad Request",
        "None of the records is valid",
        ",\"errors\":[" + NO_SERVICE.formatted(0) + "]");
    assertProblem(post("", Map.of()), 400, "Bad Request", "The body holds no record", "");
    assertProblem(
        post((byte[]) null, Map.of()), 400, "Bad Request", "The body holds no record", "");
  }

  @Test
  void the_service_of_the_record_wins_over_the_querys_and_that_over_the_headers() {
    Map<String, String> both =
        Map.of(
            "CamelHttpQuery", "service=query+1", "X-Service", "header", "service", "no parameter");

    post(GOOD, both);
    post(NAMELESS, both);
    post(NAMELESS, Map.of("X-Service", "header"));
    post(NAMELESS, Map.of("X-Service", "header", "CamelHttpQuery", "service="));

    assertThat(services()).containsExactly("checkout", "query 1", "header", "header");
  }

  @Test
  void encoded_bodies_are_decoded() {
    for (Encoded encoding : Encoded.values()) {
      byte[] body = encoding.encode(GOOD.getBytes(UTF_8));
      assertThat(post(body, Map.of("Content-Encoding", encoding.header())).status()).isEqualTo(200);
    }
    assertThat(services()).hasSize(Encoded.values().length);
  }

  @Test
  void a_query_that_is_not_encoded_as_it_must_be_is_the_clients_fault() {
    assertThat(post(GOOD, Map.of("CamelHttpQuery", "strict=%zz")).status()).isEqualTo(400);
    assertThat(services()).isEmpty();
  }

  @Test
  void each_fault_of_an_encoded_body_has_its_status() {
    byte[] bomb = Encoded.GZIP.encode(new byte[IntakeRoutes.MAX_BYTES + 1]);

    assertThat(post(GOOD, Map.of("Content-Encoding", "gzip")).status()).isEqualTo(400);
    assertThat(post(GOOD, Map.of("Content-Encoding", "br")).status()).isEqualTo(415);
    assertThat(post(bomb, Map.of("Content-Encoding", "gzip")).status()).isEqualTo(413);
  }

  @Test
  void an_encoded_body_waits_for_memory_and_gives_it_back() {
    byte[] body = Encoded.GZIP.encode(GOOD.getBytes(UTF_8));
    Map<String, Object> headers = Map.of("Content-Encoding", "gzip");
    BodyMemory.Share others = routes().bodyMemory().share();
    others.require(IntakeRoutes.MAX_MEMORY - ROOM);

    assertThat(post(body, headers).status()).isEqualTo(200);
    assertThat(post(body, headers).status()).isEqualTo(200);
    others.require(ROOM);
    Answer answer = post(body, headers);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.body())
        .contains(
            "There is no memory for the request beside those that are not answered yet; send it again later");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(services()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource
  void what_may_succeed_later_is_answered_so(
      RuntimeException failure, int status, String title, String retryAfter, String detail) {
    routes().failWith(failure);

    Answer answer = post(GOOD, Map.of());

    assertProblem(answer, status, title, detail, "");
    assertThat(answer.header("Retry-After")).isEqualTo(retryAfter);
  }

  static Stream<Arguments> what_may_succeed_later_is_answered_so() {
    String unforeseen = "Something failed here; send the request again later";
    return Stream.of(
        Arguments.of(
            new PublishOverloadedException("full", 1), 429, "Too Many Requests", "1", "full"),
        Arguments.of(
            new PublishUnavailableException("away", NOTHING, null),
            503,
            "Service Unavailable",
            "5",
            "away"),
        Arguments.of(
            new RuntimeException(new PublishRefusedException("no stream", NOTHING, null)),
            503,
            "Service Unavailable",
            "5",
            "no stream"),
        Arguments.of(
            new IllegalStateException("a secret"), 503, "Service Unavailable", "5", unforeseen));
  }

  private void assertProblem(Answer answer, int status, String title, String detail, String more) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo("application/problem+json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":%d,\"title\":\"%s\",\"detail\":\"%s\"%s}"
                .formatted(status, title, detail, more));
  }

  private Answer post(String body, Map<String, ?> headers) {
    return post(body.getBytes(UTF_8), headers);
  }

  private Answer post(byte @Nullable [] body, Map<String, ?> headers) {
    return routes().post("/api/ingest", body, headers);
  }

  private List<String> services() {
    return routes().published();
  }

  private IntakeRoutes routes() {
    return Objects.requireNonNull(routes);
  }
}
