package routes;

import java.util.ArrayList;
import java.util.List;
import routes.deadletter.DeadLetter;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Takes dead letters off their queue and keeps them. */
public final class DeadLetterQueue {

  private final SqsClient sqs;
  private final String url;
  private final List<DeadLetter> taken = new ArrayList<>();

  public DeadLetterQueue(SqsClient sqs, String name) {
    this.sqs = sqs;
    this.url = sqs.getQueueUrl(get -> get.queueName(name)).queueUrl();
  }

  /** All dead letters taken so far. */
  public List<DeadLetter> takeAll() {
    List<Message> messages;
    do {
      messages = sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages();
      for (Message message : messages) {
        taken.add(DeadLetter.parse(message.body()));
        sqs.deleteMessage(d -> d.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    } while (!messages.isEmpty());
    return List.copyOf(taken);
  }
}
