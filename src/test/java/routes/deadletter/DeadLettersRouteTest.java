package routes.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import routes.RoutesUnderTest;
import routes.json.ByteSlice;
import routes.record.Reason;
import routes.record.Rejection;
import routes.signal.Signal;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

class DeadLettersRouteTest {

  private static final DeadLetter RECORD =
      DeadLetter.of(
          new Original.InMemory(ByteSlice.utf8("no record")),
          new Rejection(Reason.NOT_JSON, "It is none"),
          "ingest-files",
          new Source.File("new.jsonl", "2026-11-20T08:00:00Z", 17, 2),
          null,
          Instant.EPOCH,
          1,
          Signal.LOGS);

  private final List<SendMessageRequest> sent = new ArrayList<>();
  private int failures;
  private RoutesUnderTest routes;

  @BeforeEach
  void start() {
    routes =
        new RoutesUnderTest(Map.of("DLQ_QUEUE_NAME", "dlq"), "dead-letters", "errors")
            .bind("sqs", new ScriptedSqs())
            .bind("dead-letters", new DeadLetters(null, RoutesUnderTest.PARSER))
            .start();
  }

  @AfterEach
  void stop() {
    routes.close();
  }

  @Test
  void the_message_is_the_envelope_and_nothing_else() {
    Exchange done = routes.send("direct:dead-letters", RECORD, Map.of("internal", "header"));

    assertThat(done.getException()).isNull();
    assertThat(sent)
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.queueUrl()).isEqualTo("http://sqs/dlq");
              assertThat(message.messageAttributes()).isEmpty();
              DeadLetter letter = DeadLetter.parse(message.messageBody());
              assertThat(letter.reason()).isEqualTo("not-json");
              assertThat(letter.source()).isEqualTo(RECORD.source());
            });
  }

  @Test
  void while_the_queue_is_away_the_caller_is_told() {
    failures = 1;

    assertThat(routes.send("direct:dead-letters", RECORD).getException())
        .isInstanceOf(SqsException.class);
    assertThat(routes.send("direct:dead-letters", RECORD).getException()).isNull();

    assertThat(sent).hasSize(2);
    assertThat(sent.stream().map(SendMessageRequest::messageBody).distinct()).hasSize(1);
  }

  private final class ScriptedSqs implements SqsClient {

    @Override
    public ListQueuesResponse listQueues(ListQueuesRequest request) {
      return ListQueuesResponse.builder()
          .queueUrls("http://sqs/" + request.queueNamePrefix())
          .build();
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
      sent.add(request);
      if (failures-- > 0) {
        throw SqsException.builder().statusCode(503).message("away").build();
      }
      return SendMessageResponse.builder().messageId("1").build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
