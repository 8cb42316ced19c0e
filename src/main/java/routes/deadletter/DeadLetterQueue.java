package routes.deadletter;

import static java.util.stream.Collectors.toSet;

import com.google.common.base.Throwables;
import com.google.common.collect.Lists;
import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The dead-letter queue, an SQS standard queue. Every method throws {@link SdkException} when SQS
 * cannot be reached or refuses.
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

  /** Together they give 3,000 messages a second where an answer takes 15 ms. */
  static final int CALLS_AT_ONCE = 5;

  /** So many can be in memory at once, each of 1 MiB at most. */
  static final int AT_ONCE = CALLS_AT_ONCE * CALL;

  /** A call that does not wait asks only some of the servers of SQS: with it, none means none. */
  private static final int WAIT_SECONDS = 1;

  private final SqsClient sqs;
  private final String name;
  private final Executor calls;
  private volatile @Nullable String url;

  /**
   * @param calls makes the calls of one method, several at once if it can
   */
  public DeadLetterQueue(SqsClient sqs, String name, Executor calls) {
    this.sqs = sqs;
    this.name = name;
    this.calls = calls;
  }

  /**
   * Takes messages and hides them from others.
   *
   * @param max 1 to {@link #AT_ONCE}
   * @param hidden for how long, in whole seconds
   * @return none when there are none to be seen
   */
  List<HeldLetter> receive(int max, Duration hidden) {
    List<Supplier<List<HeldLetter>>> several = new ArrayList<>();
    for (int left = max; left > 0; left -= CALL) {
      int most = Math.min(left, CALL);
      several.add(() -> receive(most, hidden, 0));
    }
    List<HeldLetter> messages = atOnce(several).stream().flatMap(List::stream).toList();
    return messages.isEmpty() ? receive(Math.min(max, CALL), hidden, WAIT_SECONDS) : messages;
  }

  private List<HeldLetter> receive(int max, Duration hidden, int waitSeconds) {
    return sqs
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(url())
                    .maxNumberOfMessages(max)
                    .waitTimeSeconds(waitSeconds)
                    .visibilityTimeout(Math.toIntExact(hidden.toSeconds()))
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
    Set<HeldLetter.Receipt> left = new HashSet<>(receipts);
    atOnce(callsWith(receipts, this::deleted)).forEach(left::removeAll);
    return left;
  }

  private Set<HeldLetter.Receipt> deleted(List<HeldLetter.Receipt> receipts) {
    List<DeleteMessageBatchRequestEntry> entries =
        receipts.stream()
            .map(
                receipt ->
                    DeleteMessageBatchRequestEntry.builder()
                        .id(receipt.messageId())
                        .receiptHandle(receipt.handle())
                        .build())
            .toList();
    Set<String> failed =
        sqs.deleteMessageBatch(delete -> delete.queueUrl(url()).entries(entries)).failed().stream()
            .map(BatchResultErrorEntry::id)
            .collect(toSet());
    return receipts.stream()
        .filter(receipt -> !failed.contains(receipt.messageId()))
        .collect(toSet());
  }

  /** Shows messages to everybody again; those that SQS does not release now come back later. */
  void release(Collection<HeldLetter.Receipt> receipts) {
    atOnce(callsWith(receipts, this::released));
  }

  private ChangeMessageVisibilityBatchResponse released(List<HeldLetter.Receipt> receipts) {
    List<ChangeMessageVisibilityBatchRequestEntry> entries =
        receipts.stream()
            .map(
                receipt ->
                    ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(receipt.messageId())
                        .receiptHandle(receipt.handle())
                        .visibilityTimeout(0)
                        .build())
            .toList();
    return sqs.changeMessageVisibilityBatch(change -> change.queueUrl(url()).entries(entries));
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

  private static <T> List<Supplier<T>> callsWith(
      Collection<HeldLetter.Receipt> receipts, Function<List<HeldLetter.Receipt>, T> call) {
    List<Supplier<T>> several = new ArrayList<>();
    Lists.partition(List.copyOf(receipts), CALL)
        .forEach(part -> several.add(() -> call.apply(part)));
    return several;
  }

  /**
   * What was answered to the calls that succeed, for what SQS has done counts though another call
   * fails.
   *
   * @throws SdkException when all fail
   */
  private <T> List<T> atOnce(List<Supplier<T>> several) {
    List<CompletableFuture<T>> running =
        several.stream().map(call -> CompletableFuture.supplyAsync(call, calls)).toList();
    List<T> answers = new ArrayList<>();
    SdkException failure = null;
    for (CompletableFuture<T> call : running) {
      try {
        answers.add(call.join());
      } catch (CompletionException failed) {
        Throwable cause = Objects.requireNonNull(failed.getCause());
        Throwables.throwIfInstanceOf(cause, Error.class);
        if (!(cause instanceof SdkException refused)) {
          throw failed;
        }
        failure = refused;
      }
    }
    if (failure != null && answers.isEmpty()) {
      throw failure;
    }
    return answers;
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
