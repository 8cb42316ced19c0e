package routes.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeNameException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
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
    delete(again);
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
    delete(receive(30).get(0));

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

  @Test
  void a_message_comes_to_who_waits_for_it() {
    CompletableFuture<List<Message>> waiting =
        CompletableFuture.supplyAsync(
            () ->
                clients
                    .sqs()
                    .receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(20))
                    .messages());

    send("hello");

    assertThat(waiting.join()).extracting(Message::body).containsExactly("hello");
  }

  @Test
  void a_wait_that_is_too_long_is_refused_whether_there_is_a_message_or_not() {
    send("hello");

    assertThatThrownBy(
            () -> clients.sqs().receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(21)))
        .isInstanceOfSatisfying(
            SqsException.class,
            refused ->
                assertThat(refused.awsErrorDetails().errorCode())
                    .isEqualTo("InvalidParameterValue"));
  }

  @Test
  void without_messages_there_is_no_list_of_them() {
    assertThat(clients.sqs().receiveMessage(r -> r.queueUrl(queue)).hasMessages()).isFalse();
  }

  @Test
  void the_latest_receipt_alone_deletes_a_message() {
    send("hello");
    Message first = receive(0).get(0);
    Message again = receive(30).get(0);

    assertThatThrownBy(() -> delete(first)).isInstanceOf(ReceiptHandleIsInvalidException.class);
    delete(again);
    delete(again);

    assertThat(attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .isEqualTo("0");
  }

  @Test
  void an_entry_of_a_batch_fails_by_itself() {
    SendMessageBatchRequestEntry late =
        entry("late", "hello later").toBuilder().delaySeconds(900).build();
    SendMessageBatchResponse answer =
        clients
            .sqs()
            .sendMessageBatch(
                r ->
                    r.queueUrl(queue)
                        .entries(entry("good", "hello"), entry("bad", "\u0000"), late));

    assertThat(answer.successful())
        .extracting(SendMessageBatchResultEntry::id)
        .containsExactly("good", "late");
    assertThat(answer.failed())
        .extracting(BatchResultErrorEntry::id, BatchResultErrorEntry::code)
        .containsExactly(tuple("bad", "InvalidMessageContents"));
    assertThat(receive(30)).extracting(Message::body).containsExactly("hello");
    assertThat(attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
        .isEqualTo("1");
  }

  @Test
  void a_received_message_says_what_became_of_it() {
    send("hello");
    receive(0);

    Message message =
        clients
            .sqs()
            .receiveMessage(
                r -> r.queueUrl(queue).messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages()
            .get(0);

    assertThat(message.attributes())
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2")
        .containsKeys(
            MessageSystemAttributeName.SENT_TIMESTAMP,
            MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP);
  }

  @Test
  void a_queue_is_made_once_and_with_what_there_is() {
    Map<QueueAttributeName, String> other = Map.of(QueueAttributeName.DELAY_SECONDS, "5");

    assertThat(clients.sqs().createQueue(r -> r.queueName(name)).queueUrl()).isEqualTo(queue);
    assertThatThrownBy(() -> clients.sqs().createQueue(r -> r.queueName(name).attributes(other)))
        .isInstanceOf(QueueNameExistsException.class);
    assertThatThrownBy(() -> clients.sqs().createQueue(r -> r.queueName(name + ".fifo")))
        .hasMessageContaining("standard queue");
    assertThat(clients.sqs().listQueues(r -> r.queueNamePrefix(name)).queueUrls())
        .containsExactly(queue);
  }

  @Test
  void an_attribute_of_a_queue_is_changed_or_refused() {
    set(QueueAttributeName.VISIBILITY_TIMEOUT, "17");

    assertThat(attribute(queue, QueueAttributeName.VISIBILITY_TIMEOUT)).isEqualTo("17");
    assertThatThrownBy(() -> set(QueueAttributeName.VISIBILITY_TIMEOUT, "43201"))
        .hasMessageContaining("between 0 and 43200");
    assertThatThrownBy(() -> set(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"))
        .isInstanceOf(InvalidAttributeNameException.class);
  }

  @Test
  void queues_of_an_earlier_version_are_read() throws IOException {
    Path old = Files.createDirectories(data.resolve("sqs/old"));
    Files.writeString(
        old.resolve("queue.json"),
        """
        {"name":"old","visibilityTimeoutMillis":30000,"delayMillis":0,"receiveWaitMillis":0,
         "created":1,"lastModified":1,"redriveTo":null,"maxReceiveCount":0,"fifo":false,
         "contentBasedDeduplication":false,"tags":{}}""");
    Files.writeString(
        old.resolve("m.message.json"),
        """
        {"id":"m","body":"hello","attributes":{},"sent":1,"orderIndex":0,"nextDelivery":1,
         "receiveCount":0,"firstReceived":null,"lastReceipt":null,"fifo":false,"group":null,
         "deduplicationId":null,"sequenceNumber":null,"tracingId":null,"deadLetterSource":null}""");

    restart();

    String url = clients.sqs().getQueueUrl(r -> r.queueName("old")).queueUrl();
    assertThat(clients.sqs().receiveMessage(r -> r.queueUrl(url)).messages())
        .extracting(Message::body)
        .containsExactly("hello");
  }

  private static SendMessageBatchRequestEntry entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
  }

  private void set(QueueAttributeName attribute, String value) {
    clients.sqs().setQueueAttributes(r -> r.queueUrl(queue).attributes(Map.of(attribute, value)));
  }

  private void delete(Message message) {
    clients.sqs().deleteMessage(r -> r.queueUrl(queue).receiptHandle(message.receiptHandle()));
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
