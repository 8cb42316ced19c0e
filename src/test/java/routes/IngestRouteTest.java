package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import routes.intake.HttpBodies;
import routes.intake.IntakeAnswers;
import routes.intake.IntakeGate;
import routes.publish.PublishOverloadedException;
import routes.publish.PublishSettings;
import routes.publish.PublishingKinesisClient;
import routes.record.LogRecord;
import software.amazon.awssdk.services.kinesis.KinesisClient;

class IngestRouteTest {

  private static final String GOOD =
      "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"a\",\"record_id\":\"1\"}";

  private final List<String> published = new ArrayList<>();
  private final PublishingKinesisClient publisher =
      new PublishingKinesisClient(new NoKinesis(), PublishSettings.defaults());
  private RoutesUnderTest routes;
  private RuntimeException failure;

  @AfterEach
  void stop() {
    routes.close();
    publisher.close();
  }

  private void start(boolean open) {
    routes =
        new RoutesUnderTest(Map.of(), "ingest", "answer-problem", "errors")
            .bind("http-bodies", new HttpBodies(RoutesUnderTest.PARSER))
            .bind("intake-answers", new IntakeAnswers())
            .bind("intake-gate", new IntakeGate(open, publisher))
            .neighbour("direct:publish", this::publish)
            .start();
  }

  private void publish(Exchange exchange) {
    for (Object record : exchange.getMessage().getBody(List.class)) {
      published.add(((LogRecord) record).line().toString());
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Test
  void what_is_published_is_answered_with_200_and_counted() {
    start(true);

    Exchange answer = routes.send("direct:ingest", GOOD, Map.of("internal", "header"));

    assertAnswer(
        answer,
        Map.of("Content-Type", "application/json"),
        "{\"accepted\":1,\"rejected\":0,\"errors\":[]}");
    assertThat(published).containsExactly(GOOD);
  }

  @Test
  void the_service_of_the_request_names_records_without_one() {
    start(true);

    routes.send(
        "direct:ingest",
        "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"record_id\":\"1\"}",
        Map.of("X-Service", "shipping"));

    assertThat(published)
        .containsExactly(
            "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"record_id\":\"1\",\"service\":\"shipping\"}");
  }

  @Test
  void a_body_without_a_valid_record_is_answered_with_400_and_not_published() {
    start(true);

    Exchange answer = routes.send("direct:ingest", "");

    assertAnswer(
        answer,
        Map.of("CamelHttpResponseCode", 400, "Content-Type", "application/problem+json"),
        "{\"status\":400,\"title\":\"No valid record\",\"detail\":\"The body holds no record\"}");
    assertThat(published).isEmpty();
  }

  @Test
  void too_much_at_once_is_answered_with_429() {
    failure = new PublishOverloadedException("Too much waits", 1);
    start(true);

    assertAnswer(
        routes.send("direct:ingest", GOOD),
        Map.of(
            "CamelHttpResponseCode", "429",
            "Retry-After", "1",
            "Content-Type", "application/problem+json"),
        "{\"status\":429,\"title\":\"Too much at once\",\"detail\":\"Too much waits\"}");
  }

  @Test
  void a_failure_is_answered_with_503() {
    failure = new IllegalStateException("Kinesis is away");
    start(true);

    assertAnswer(
        routes.send("direct:ingest", GOOD),
        Map.of(
            "CamelHttpResponseCode", "503",
            "Retry-After", "5",
            "Content-Type", "application/problem+json"),
        "{\"status\":503,\"title\":\"Not available now\",\"detail\":\"Kinesis is away\"}");
  }

  @Test
  void while_publishing_is_switched_off_nothing_is_taken() {
    start(false);

    assertAnswer(
        routes.send("direct:ingest", GOOD),
        Map.of(
            "CamelHttpResponseCode", "503",
            "Retry-After", "5",
            "Content-Type", "application/problem+json"),
        "{\"status\":503,\"title\":\"Not available now\","
            + "\"detail\":\"Publishing is switched off (KINESIS_ENABLED=false)\"}");
    assertThat(published).isEmpty();
  }

  private static void assertAnswer(Exchange exchange, Map<String, Object> headers, String body) {
    assertThat(exchange.getMessage().getHeaders()).isEqualTo(headers);
    assertThat(new String(exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8))
        .isEqualTo(body);
  }

  private static final class NoKinesis implements KinesisClient {

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
