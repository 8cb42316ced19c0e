package routes.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import routes.deadletter.DeadLetter;
import routes.deadletter.Source;
import routes.ingest.IntakeRoutes.Answer;
import routes.kinesis.publish.Delivery;
import routes.kinesis.publish.PublishUnavailableException;

/** What DEAD_LETTER_HTTP keeps of a request, and what its sender is told. */
class RejectedRecordsTest {

  private static final String GOOD =
      "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"checkout\"}";

  private @Nullable IntakeRoutes routes;

  @BeforeEach
  void start() throws Exception {
    routes = new IntakeRoutes(true);
  }

  @AfterEach
  void stop() {
    routes().close();
  }

  @Test
  void what_is_rejected_becomes_a_dead_letter_and_the_sender_is_told() {
    Answer answer = post("no record\n" + GOOD + "\n{\"a\":1}", Map.of("X-Service", "sent-for"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"accepted\":1,\"rejected\":2,\"errors\":[");
    assertThat(routes().published()).containsExactly("checkout");
    assertThat(routes().deadLetters())
        .extracting(
            letter -> letter.reason() + " " + letter.content(),
            DeadLetter::stage,
            DeadLetter::service,
            RejectedRecordsTest::place)
        .containsExactlyInAnyOrder(
            tuple("not-an-object no record", "ingest-http", "sent-for", "192.0.2.7 /api/ingest 0"),
            tuple("no-timestamp {\"a\":1}", "ingest-http", "sent-for", "192.0.2.7 /api/ingest 2"));
  }

  @Test
  void equal_records_of_two_requests_are_two_letters() {
    post("{\"a\":1}", Map.of());
    post("{\"a\":1}", Map.of());

    Set<String> requests =
        routes().deadLetters().stream()
            .map(letter -> ((Source.Http) letter.source()).request())
            .collect(Collectors.toSet());
    assertThat(requests).hasSize(2);
  }

  @Test
  void a_request_without_any_valid_record_is_refused_all_the_same() {
    assertThat(post("no record", Map.of()).status()).isEqualTo(400);
    assertThat(routes().deadLetters()).hasSize(1);
  }

  @Test
  void with_strict_the_sender_keeps_all() {
    assertThat(post(GOOD + "\nno record", Map.of("CamelHttpQuery", "strict=true")).status())
        .isEqualTo(400);
    assertThat(routes().deadLetters()).isEmpty();
    assertThat(routes().published()).isEmpty();
  }

  @Test
  void what_cannot_be_kept_is_to_be_sent_again() {
    routes().loseQueue();

    Answer answer = post(GOOD + "\nno record", Map.of());

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
  }

  @Test
  void while_kinesis_is_away_no_letter_is_made() {
    routes().failWith(new PublishUnavailableException("away", new Delivery(1, 0, 0), null));

    assertThat(post(GOOD + "\nno record", Map.of()).status()).isEqualTo(503);
    assertThat(routes().deadLetters()).isEmpty();
  }

  @Test
  void more_than_ten_thousand_are_no_logs() {
    Answer answer = post(GOOD + "\nx".repeat(10_001), Map.of());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("10001 records are not valid", "nothing of it was taken");
    assertThat(routes().published()).isEmpty();
    assertThat(routes().deadLetters()).isEmpty();
  }

  @Test
  void unless_it_is_asked_for_nothing_is_kept() throws Exception {
    try (IntakeRoutes others = new IntakeRoutes(false)) {
      others.post("/api/ingest", "no record".getBytes(UTF_8), Map.of());
      assertThat(others.deadLetters()).isEmpty();
    }
  }

  private static String place(DeadLetter letter) {
    Source.Http source = (Source.Http) letter.source();
    return "%s %s %d".formatted(source.remote(), source.path(), source.index());
  }

  private Answer post(String body, Map<String, Object> headers) {
    Map<String, Object> all = new HashMap<>(headers);
    all.put(
        "CamelVertxPlatformHttpRemoteAddress", SocketAddress.inetSocketAddress(4711, "192.0.2.7"));
    return routes().post("/api/ingest", body.getBytes(UTF_8), all);
  }

  private IntakeRoutes routes() {
    return Objects.requireNonNull(routes);
  }
}
