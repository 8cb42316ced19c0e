package routes.deadletter;

import java.time.Instant;
import java.util.Optional;
import routes.json.ByteSlice;
import routes.signal.Signal;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** A message of the dead-letter queue, hidden from others for a while. */
record HeldLetter(HeldLetter.Receipt receipt, DeadLetter letter) {

  /**
   * Deletes or releases a message that was received.
   *
   * @param handle good for as long as the message is hidden, and until it is received again
   */
  record Receipt(String messageId, String handle) {}

  private static final String FOREIGN = "not-a-dead-letter";
  private static final String STAGE = "dead-letters";

  static HeldLetter of(Message message) {
    return new HeldLetter(
        new Receipt(message.messageId(), message.receiptHandle()), letterOf(message));
  }

  String id() {
    return letter.id();
  }

  /** Where its bytes are, if it only points to them. */
  Optional<Content.ClaimCheck> claimCheck() {
    return letter.content() instanceof Content.ClaimCheck check
        ? Optional.of(check)
        : Optional.empty();
  }

  /** What is no dead letter of ours is taken for a record that somebody put there. */
  private static DeadLetter letterOf(Message message) {
    try {
      return DeadLetter.parse(message.body());
    } catch (IllegalArgumentException foreign) {
      Source source = new Source.Message(message.messageId());
      Original bytes = new Original.InMemory(ByteSlice.utf8(message.body()));
      String sent =
          message.attributes().getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0");
      return new DeadLetter(
          DeadLetterId.of(STAGE, source, bytes),
          FOREIGN,
          String.valueOf(foreign.getMessage()),
          STAGE,
          source,
          null,
          null,
          1,
          1,
          Instant.ofEpochMilli(Long.parseLong(sent)),
          bytes,
          Signal.LOGS);
    }
  }
}
