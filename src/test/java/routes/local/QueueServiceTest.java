package routes.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

class QueueServiceTest extends CloudTest {

  private String name;
  private String queue;

  @BeforeEach
  void create_queue(TestInfo test) {
    name = "queue-" + Integer.toHexString(test.getDisplayName().hashCode());
    queue = clients.sqs().createQueue(r -> r.queueName(name)).queueUrl();
  }

  @Test
  void a_queue_is_reached_through_the_gateway() {
    assertThat(queue)
        .isEqualTo("http://localhost:%d/000000000000/%s".formatted(cloud.port(), name));
    assertThat(clients.sqs().getQueueUrl(r -> r.queueName(name)).queueUrl()).isEqualTo(queue);
  }

  @Test
  void a_message_is_received_until_it_is_deleted() {
    send("hello");

    Message first = receive(0).get(0);
    Message again = receive(30).get(0);
    clients.sqs().deleteMessage(r -> r.queueUrl(queue).receiptHandle(again.receiptHandle()));
    show(again);

    assertThat(first.body()).isEqualTo("hello");
    assertThat(again.messageId()).isEqualTo(first.messageId());
    assertThat(receive(0)).isEmpty();
  }

  @Test
  void a_message_may_have_one_mebibyte() {
    String body = "x".repeat(1 << 20);

    send(body);

    assertThat(receive(30)).extracting(Message::body).containsExactly(body);
    assertThatThrownBy(() -> send(body + "x")).isInstanceOf(SqsException.class);
  }

  @Test
  void a_waiting_message_survives_a_restart() {
    Map<String, MessageAttributeValue> attributes =
        Map.of(
            "reason", MessageAttributeValue.builder().dataType("String").stringValue("bad").build(),
            "offset", MessageAttributeValue.builder().dataType("Number").stringValue("7").build(),
            "bytes",
                MessageAttributeValue.builder()
                    .dataType("Binary")
                    .binaryValue(SdkBytes.fromByteArray(new byte[] {0, -1}))
                    .build());
    clients
        .sqs()
        .sendMessage(r -> r.queueUrl(queue).messageBody("ü\r\n").messageAttributes(attributes));

    restart();

    assertThat(receive(30))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.body()).isEqualTo("ü\r\n");
              assertThat(message.messageAttributes()).isEqualTo(attributes);
            });
  }

  @Test
  void a_message_in_flight_is_in_flight_after_a_restart() {
    send("hello");
    Message inFlight = receive(3600).get(0);

    restart();

    assertThat(receive(30)).isEmpty();
    show(inFlight);
    assertThat(receive(30)).extracting(Message::body).containsExactly("hello");
  }

  @Test
  void a_deleted_message_stays_deleted_after_a_restart() {
    send("hello");
    Message message = receive(30).get(0);
    clients.sqs().deleteMessage(r -> r.queueUrl(queue).receiptHandle(message.receiptHandle()));

    restart();

    assertThat(receive(30)).isEmpty();
  }

  @Test
  void a_deleted_queue_stays_deleted_after_a_restart() {
    send("hello");
    clients.sqs().deleteQueue(r -> r.queueUrl(queue));

    restart();

    assertThatThrownBy(() -> clients.sqs().getQueueUrl(r -> r.queueName(name)))
        .isInstanceOf(QueueDoesNotExistException.class);
  }

  @Test
  void settings_and_redrive_survive_a_restart() {
    String arn = attribute(queue, QueueAttributeName.QUEUE_ARN);
    String source =
        clients
            .sqs()
            .createQueue(
                r ->
                    r.queueName("a-source-of-" + name)
                        .attributes(
                            Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                "17",
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":1}"
                                    .formatted(arn))))
            .queueUrl();
    clients.sqs().sendMessage(r -> r.queueUrl(source).messageBody("hello"));

    restart();

    assertThat(attribute(source, QueueAttributeName.VISIBILITY_TIMEOUT)).isEqualTo("17");
    clients.sqs().receiveMessage(r -> r.queueUrl(source).visibilityTimeout(0));
    clients.sqs().receiveMessage(r -> r.queueUrl(source).visibilityTimeout(0));
    assertThat(clients.sqs().receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(5)).messages())
        .extracting(Message::body)
        .containsExactly("hello");
  }

  private void send(String body) {
    clients.sqs().sendMessage(r -> r.queueUrl(queue).messageBody(body));
  }

  private List<Message> receive(int visibilitySeconds) {
    return clients
        .sqs()
        .receiveMessage(
            r ->
                r.queueUrl(queue).visibilityTimeout(visibilitySeconds).messageAttributeNames("All"))
        .messages();
  }

  /** Makes a message in flight visible at once, if it is still there. */
  private void show(Message message) {
    try {
      clients
          .sqs()
          .changeMessageVisibility(
              r -> r.queueUrl(queue).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
    } catch (SqsException e) {
      assertThat(e.statusCode()).isEqualTo(400);
    }
  }

  private String attribute(String url, QueueAttributeName name) {
    return clients
        .sqs()
        .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
        .attributes()
        .get(name);
  }
}
