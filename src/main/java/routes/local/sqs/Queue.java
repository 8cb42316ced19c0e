package routes.local.sqs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A queue with its messages, oldest first. Every change is on disk before a method returns. */
final class Queue {

  private final QueueFiles files;
  private final Map<String, StoredMessage> messages = new LinkedHashMap<>();
  private StoredQueue settings;

  private Queue(QueueFiles files, StoredQueue settings) {
    this.files = files;
    this.settings = settings;
  }

  static Queue create(QueueFiles files, StoredQueue settings) throws IOException {
    files.save(settings);
    return new Queue(files, settings);
  }

  static Queue restore(QueueFiles files, StoredQueue settings) throws IOException {
    Queue queue = new Queue(files, settings);
    files.messages(settings.name()).stream()
        .sorted(Comparator.comparingLong(StoredMessage::sent))
        .forEach(message -> queue.messages.put(message.id(), message));
    return queue;
  }

  StoredQueue settings() {
    return settings;
  }

  void change(StoredQueue changed) throws IOException {
    files.save(changed);
    settings = changed;
  }

  Collection<StoredMessage> messages() {
    return messages.values();
  }

  /** At most that many of those that can be received, which stay as they are. */
  List<StoredMessage> visible(int max, long now) {
    return messages.values().stream()
        .filter(message -> message.nextDelivery() <= now)
        .limit(max)
        .toList();
  }

  StoredMessage receive(StoredMessage message, long now, long again) throws IOException {
    StoredMessage received = message.received(now, again);
    changeDelivery(received);
    return received;
  }

  /**
   * The message of a receipt handle; empty when it is deleted.
   *
   * @throws SqsException when it was received again since
   */
  Optional<StoredMessage> held(String receiptHandle) {
    StoredMessage message = messages.get(StoredMessage.idOf(receiptHandle));
    if (message != null && !receiptHandle.equals(message.lastReceipt())) {
      throw new SqsException(
          "ReceiptHandleIsInvalid",
          "The receipt handle is none, or its message was received again.");
    }
    return Optional.ofNullable(message);
  }

  void add(StoredMessage message) throws IOException {
    files.add(settings.name(), message);
    messages.put(message.id(), message);
  }

  void changeDelivery(StoredMessage message) throws IOException {
    files.changeDelivery(settings.name(), message);
    messages.put(message.id(), message);
  }

  void delete(StoredMessage message) throws IOException {
    files.delete(settings.name(), message.id());
    messages.remove(message.id());
  }

  void purge() throws IOException {
    for (StoredMessage message : new ArrayList<>(messages.values())) {
      delete(message);
    }
  }
}
