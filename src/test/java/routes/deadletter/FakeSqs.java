package routes.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * One standard queue in memory, whose time passes when the test says so. The oldest message is
 * received first; one that was received is hidden for as long as the caller asked. Safe for several
 * threads.
 */
final class FakeSqs implements SqsClient {

  /** What ends a process without any of its code running on. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private static final class Stored {
    private final String id = UUID.randomUUID().toString();
    private final String body;
    private long visibleAt;
    private String receipt = "";

    Stored(String body) {
      this.body = body;
    }
  }

  private final Map<String, Stored> messages = new LinkedHashMap<>();
  private long nowSeconds;
  private int stepsUntilKilled = Integer.MAX_VALUE;
  private boolean away;
  private boolean keepsAll;
  private int receivesUntilAction;
  private Runnable action = () -> {};

  /** The process is killed before this step from now on, 1 = the next. */
  synchronized void killBefore(int step) {
    stepsUntilKilled = step;
  }

  synchronized void goAway() {
    away = true;
  }

  /**
   * Runs this before the call to receive messages that has this number from now on, 1 = the next.
   */
  void beforeReceive(int call, Runnable action) {
    receivesUntilAction = call;
    this.action = action;
  }

  /** From now on it deletes nothing that it is asked to delete in a batch. */
  synchronized void keepAll() {
    keepsAll = true;
  }

  /** Something is about to have an effect outside the process. */
  synchronized void step() {
    if (--stepsUntilKilled <= 0) {
      throw new Killed();
    }
    if (away) {
      throw SqsException.builder().statusCode(503).message("away").build();
    }
  }

  synchronized void pass(Duration time) {
    nowSeconds += time.toSeconds();
  }

  synchronized void add(String body) {
    Stored stored = new Stored(body);
    messages.put(stored.id, stored);
  }

  /** All messages, hidden ones too, in the order they were sent. */
  synchronized List<String> bodies() {
    return messages.values().stream().map(stored -> stored.body).toList();
  }

  synchronized long visible() {
    return messages.values().stream().filter(this::isVisible).count();
  }

  @Override
  public synchronized ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
    if (--receivesUntilAction == 0) {
      action.run();
    }
    step();
    List<Message> received = new ArrayList<>();
    for (Stored stored : messages.values()) {
      if (received.size() < request.maxNumberOfMessages() && isVisible(stored)) {
        stored.visibleAt = nowSeconds + request.visibilityTimeout();
        stored.receipt = UUID.randomUUID().toString();
        received.add(
            Message.builder()
                .messageId(stored.id)
                .receiptHandle(stored.receipt)
                .body(stored.body)
                .build());
      }
    }
    return ReceiveMessageResponse.builder().messages(received).build();
  }

  @Override
  public synchronized DeleteMessageBatchResponse deleteMessageBatch(
      DeleteMessageBatchRequest request) {
    step();
    List<BatchResultErrorEntry> failed = new ArrayList<>();
    request
        .entries()
        .forEach(
            entry -> {
              Stored stored = messages.get(entry.id());
              if (keepsAll || stored == null || !stored.receipt.equals(entry.receiptHandle())) {
                failed.add(
                    BatchResultErrorEntry.builder().id(entry.id()).code("InternalError").build());
              } else {
                messages.remove(entry.id());
              }
            });
    return DeleteMessageBatchResponse.builder().failed(failed).build();
  }

  @Override
  public synchronized ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
      ChangeMessageVisibilityBatchRequest request) {
    step();
    request
        .entries()
        .forEach(
            entry -> {
              Stored stored = messages.get(entry.id());
              if (stored != null && stored.receipt.equals(entry.receiptHandle())) {
                stored.visibleAt = nowSeconds + entry.visibilityTimeout();
              }
            });
    return ChangeMessageVisibilityBatchResponse.builder().build();
  }

  @Override
  public synchronized SendMessageResponse sendMessage(SendMessageRequest request) {
    step();
    add(request.messageBody());
    return SendMessageResponse.builder().messageId("1").build();
  }

  @Override
  public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
    return GetQueueUrlResponse.builder().queueUrl("http://sqs/" + request.queueName()).build();
  }

  @Override
  public synchronized GetQueueAttributesResponse getQueueAttributes(
      GetQueueAttributesRequest request) {
    step();
    return GetQueueAttributesResponse.builder()
        .attributes(
            Map.of(
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                Long.toString(visible()),
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                Long.toString(messages.size() - visible())))
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  private boolean isVisible(Stored stored) {
    return stored.visibleAt <= nowSeconds;
  }
}
