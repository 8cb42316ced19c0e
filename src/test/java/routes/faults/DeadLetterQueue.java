package routes.faults;

import java.util.ArrayList;
import java.util.List;
import routes.deadletter.DeadLetter;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

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
    } while (!messages.isEmpty());
    return letters;
  }
}
