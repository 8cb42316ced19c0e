package routes.faults;

import java.util.ArrayList;
import java.util.List;
import routes.deadletter.DeadLetter;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Reads all dead letters off their queue, copies included. */
final class DeadLetterQueue {

  private static final int HIDDEN_SECONDS = 3_600;

  private DeadLetterQueue() {}

  static List<DeadLetter> read(SqsClient sqs, String queueUrl) {
    List<DeadLetter> letters = new ArrayList<>();
    List<Message> messages;
    do {
      messages =
          sqs.receiveMessage(
                  r ->
                      r.queueUrl(queueUrl)
                          .maxNumberOfMessages(10)
                          .waitTimeSeconds(1)
                          .visibilityTimeout(HIDDEN_SECONDS))
              .messages();
      messages.forEach(message -> letters.add(DeadLetter.parse(message.body())));
      // Those at which a worker looked as it was killed come back after a while.
    } while (!messages.isEmpty() || onQueue(sqs, queueUrl) > letters.size());
    return letters;
  }

  /** How many there are, hidden ones included. */
  private static int onQueue(SqsClient sqs, String queueUrl) {
    return sqs
        .getQueueAttributes(
            r ->
                r.queueUrl(queueUrl)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }
}
