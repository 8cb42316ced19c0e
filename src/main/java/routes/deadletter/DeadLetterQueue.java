package routes.deadletter;

import static java.util.stream.Collectors.toSet;

import com.google.common.collect.Lists;
import com.google.errorprone.annotations.ThreadSafe;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The dead-letter queue, an SQS standard queue. Every method throws {@link
 * software.amazon.awssdk.core.exception.SdkException} when SQS cannot be reached or refuses.
 */
@ThreadSafe
public final class DeadLetterQueue {

  /**
   * How much lies on the queue, copies included and roughly, as SQS puts it.
   *
   * @param visible messages that can be received
   * @param hidden messages that somebody has received and neither deleted nor given back
   */
  public record Depth(long visible, long hidden) {}

  /** As many as SQS gives or takes in a call. */
  static final int CALL = 10;

  /**
   * How long received messages are hidden. Longer than a record takes to be published, whose
   * deadline is 20 seconds; well within the time in which copies are recognised in the lake, a
   * minute by default, so that what a killed replay had published but not deleted can be replayed
   * again in time.
   */
  private static final int HIDDEN_SECONDS = 30;

  /** A call that does not wait asks only some of the servers of SQS. */
  private static final int WAIT_SECONDS = 1;

  private final SqsClient sqs;
  private final String name;
  private volatile @Nullable String url;

  public DeadLetterQueue(SqsClient sqs, String name) {
    this.sqs = sqs;
    this.name = name;
  }

  /**
   * Takes messages and hides them from others.
   *
   * @param max 1 to {@link #CALL}
   * @return none when there are none to be seen
   */
  List<HeldLetter> receive(int max) {
    return sqs
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(url())
                    .maxNumberOfMessages(max)
                    .waitTimeSeconds(WAIT_SECONDS)
                    .visibilityTimeout(HIDDEN_SECONDS)
                    .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP))
        .messages()
        .stream()
        .map(HeldLetter::of)
        .toList();
  }

  void send(String message) {
    sqs.sendMessage(send -> send.queueUrl(url()).messageBody(message));
  }

  /** Deletes messages and answers with those that SQS did not delete. */
  Set<HeldLetter.Receipt> delete(Collection<HeldLetter.Receipt> receipts) {
    Set<HeldLetter.Receipt> left = new HashSet<>();
    for (List<HeldLetter.Receipt> call : Lists.partition(List.copyOf(receipts), CALL)) {
      List<DeleteMessageBatchRequestEntry> entries =
          call.stream()
              .map(
                  receipt ->
                      DeleteMessageBatchRequestEntry.builder()
                          .id(receipt.messageId())
                          .receiptHandle(receipt.handle())
                          .build())
              .toList();
      Set<String> failed =
          sqs
              .deleteMessageBatch(delete -> delete.queueUrl(url()).entries(entries))
              .failed()
              .stream()
              .map(BatchResultErrorEntry::id)
              .collect(toSet());
      call.stream().filter(receipt -> failed.contains(receipt.messageId())).forEach(left::add);
    }
    return left;
  }

  /** Shows messages to everybody again; those that SQS does not release now come back later. */
  void release(Collection<HeldLetter.Receipt> receipts) {
    for (List<HeldLetter.Receipt> call : Lists.partition(List.copyOf(receipts), CALL)) {
      List<ChangeMessageVisibilityBatchRequestEntry> entries =
          call.stream()
              .map(
                  receipt ->
                      ChangeMessageVisibilityBatchRequestEntry.builder()
                          .id(receipt.messageId())
                          .receiptHandle(receipt.handle())
                          .visibilityTimeout(0)
                          .build())
              .toList();
      sqs.changeMessageVisibilityBatch(change -> change.queueUrl(url()).entries(entries));
    }
  }

  public DeadLetterQueue.Depth depth() {
    Map<QueueAttributeName, String> attributes =
        sqs.getQueueAttributes(
                get ->
                    get.queueUrl(url())
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes();
    return new DeadLetterQueue.Depth(
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  /** Asked for when first needed, for a start must not fail because SQS is away. */
  private String url() {
    String known = url;
    if (known == null) {
      known = sqs.getQueueUrl(get -> get.queueName(name)).queueUrl();
      url = known;
    }
    return known;
  }

  private static long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
    return Long.parseLong(attributes.getOrDefault(name, "0"));
  }
}
