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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.ingest.IntakeRoutes.Answer;
import routes.kinesis.publish.Delivery;
import routes.kinesis.publish.PublishOverloadedException;
import routes.kinesis.publish.PublishUnavailableException;

/** What senders of Splunk's HTTP Event Collector are answered. */
class HecRoutesTest {

  private static final String GOOD = "{\"event\":\"hello\",\"sourcetype\":\"st\"}";
  private static final String BUSY = "{\"text\":\"Server is busy\",\"code\":9}";

  private @Nullable IntakeRoutes routes;

  @BeforeEach
  void start() throws Exception {
    routes = new IntakeRoutes();
  }

  @AfterEach
  void stop() {
    routes().close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/services/collector", "/services/collector/event", "/services/collector/raw"})
  void success_has_code_0(String path) {
    assertAnswer(post(path, GOOD), 200, "{\"text\":\"Success\",\"code\":0}");
    assertThat(routes().published()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/services/collector", "/services/collector/event", "/services/collector/raw"})
  void nothing_is_code_5(String path) {
    assertAnswer(post(path, " \n"), 400, "{\"text\":\"No data\",\"code\":5}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1}                       | Event field is required          | 12",
        "{\"event\":\"\"}                | Event field cannot be blank      | 13",
        "{\"event\":1,\"fields\":\"x\"}  | Error in handling indexed fields | 15",
        "{\"event\":1,\"time\":\"x\"}    | Invalid data format              | 6",
        "{no json                        | Invalid data format              | 6"
      })
  void the_first_invalid_event_is_told_and_nothing_is_taken(String event, String text, int code) {
    assertAnswer(
        post("/services/collector/event", GOOD + event + GOOD),
        400,
        "{\"text\":\"%s\",\"code\":%d,\"invalid-event-number\":1}".formatted(text, code));
    assertThat(routes().published()).isEmpty();
  }

  @Test
  void another_path_below_is_not_there() {
    assertAnswer(
        post("/services/collector/ack", GOOD),
        404,
        "{\"text\":\"Nothing is at /services/collector/ack\",\"code\":404}");
  }

  @Test
  void what_cannot_be_decoded_is_code_6() {
    Answer answer =
        routes()
            .post("/services/collector", GOOD.getBytes(UTF_8), Map.of("Content-Encoding", "gzip"));

    assertAnswer(answer, 400, "{\"text\":\"Invalid data format\",\"code\":6}");
  }

  @Test
  void whatever_may_succeed_later_is_code_9() {
    routes().failWith(new PublishOverloadedException("full", 1));
    Answer overloaded = post("/services/collector", GOOD);
    assertAnswer(overloaded, 503, BUSY);
    assertThat(overloaded.header("Retry-After")).isEqualTo("1");

    routes().failWith(new PublishUnavailableException("away", new Delivery(1, 0, 0), null));
    Answer unavailable = post("/services/collector", GOOD);
    assertAnswer(unavailable, 503, BUSY);
    assertThat(unavailable.header("Retry-After")).isEqualTo("5");
  }

  private static void assertAnswer(Answer answer, int status, String body) {
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.type()).isEqualTo("application/json");
    assertThat(answer.status()).isEqualTo(status);
  }

  private Answer post(String path, String body) {
    return routes().post(path, body.getBytes(UTF_8), Map.of());
  }

  private IntakeRoutes routes() {
    return Objects.requireNonNull(routes);
  }
}
