package routes.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.ingest.IntakeRoutes.Answer;
import routes.kinesis.publish.Delivery;
import routes.kinesis.publish.PublishOverloadedException;
import routes.kinesis.publish.PublishUnavailableException;

/** What Datadog's clients are answered. */
class DatadogRoutesTest {

  private static final String V2 = "/api/v2/logs";
  private static final String GOOD = "{\"message\":\"m\",\"service\":\"own\",\"ddsource\":\"src\"}";

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
  void success_is_an_empty_object() {
    assertAnswer(post(V2, "[" + GOOD + "," + GOOD + "]", Map.of()), 202, "{}");
    assertAnswer(post(V2, GOOD, Map.of()), 202, "{}");
    assertAnswer(post(V2, "[]", Map.of()), 202, "{}");
    assertThat(routes().published()).containsExactly("own", "own", "own");
  }

  @Test
  void the_service_is_the_logs_else_the_requests_else_its_source() {
    Map<String, String> both = Map.of("CamelHttpQuery", "service=query", "X-Service", "header");
    String sourced = "{\"message\":\"m\",\"ddsource\":\"src\"}";

    post(V2, GOOD, both);
    post(V2, sourced, both);
    post(V2, sourced, Map.of("X-Service", "header"));
    post(V2, sourced, Map.of());
    post(V2, "{\"message\":\"m\"}", Map.of("CamelHttpQuery", "ddsource=url"));
    post(V2, "{\"message\":\"m\"}", Map.of());

    assertThat(routes().published())
        .containsExactly("own", "query", "header", "src", "url", "unknown_service");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "[1]", "{\"timestamp\":32503680000000}"})
  void the_acceptable_logs_are_taken_and_the_others_told(String bad) {
    Answer answer = post(V2, "[" + GOOD + "," + bad + "," + GOOD + "]", Map.of());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith(
            "{\"errors\":[{\"status\":\"400\",\"title\":\"Bad Request\",\"detail\":\"2 logs were"
                + " taken, 1 were not, the first of them at 1: ");
    assertThat(routes().published()).containsExactly("own", "own");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[" + GOOD + ",", GOOD + "{", "no json", "]"})
  void of_a_body_that_is_no_json_nothing_is_taken(String body) {
    assertThat(post(V2, body, Map.of()).status()).isEqualTo(400);
    assertThat(routes().published()).isEmpty();
  }

  @Test
  void what_may_succeed_later_says_when() {
    routes().failWith(new PublishOverloadedException("full", 1));
    Answer overloaded = post(V2, GOOD, Map.of());
    assertAnswer(
        overloaded,
        429,
        "{\"errors\":[{\"status\":\"429\",\"title\":\"Too Many Requests\",\"detail\":\"full\"}]}");
    assertThat(overloaded.header("Retry-After")).isEqualTo("1");

    routes().failWith(new PublishUnavailableException("away", new Delivery(1, 0, 0), null));
    Answer unavailable = post(V2, GOOD, Map.of());
    assertThat(unavailable.status()).isEqualTo(503);
    assertThat(unavailable.header("Retry-After")).isEqualTo("5");
  }

  private static void assertAnswer(Answer answer, int status, String body) {
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.type()).isEqualTo("application/json");
    assertThat(answer.status()).isEqualTo(status);
  }

  private Answer post(String path, String body, Map<String, ?> headers) {
    return routes().post(path, body.getBytes(UTF_8), headers);
  }

  private IntakeRoutes routes() {
    return Objects.requireNonNull(routes);
  }
}
