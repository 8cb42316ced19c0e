package routes.local.sqs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the API does with the messages of a queue. */
final class MessageOperations {

  /** What one call does to each of its entries, which has the members of a call for one. */
  interface Single {
    ObjectNode run(Queue queue, Members members) throws IOException;
  }

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_ENTRIES = 10;
  private static final int HALF_A_DAY = 12 * 60 * 60;

  private final Queues queues;
  private final Clock clock;

  MessageOperations(Queues queues, Clock clock) {
    this.queues = queues;
    this.clock = clock;
  }

  ObjectNode send(Queue queue, Members message) throws IOException {
    long now = clock.millis();
    Integer delay = message.integer("DelaySeconds", 0, 900);
    Map<String, StoredAttribute> attributes = new LinkedHashMap<>();
    message
        .structures("MessageAttributes")
        .forEach((name, value) -> attributes.put(name, StoredAttribute.of(name, value)));
    StoredMessage stored =
        StoredMessage.of(
            content(message.required("MessageBody")),
            attributes,
            now,
            now + (delay == null ? queue.settings().delayMillis() : delay * 1000L));
    if (stored.size() > MAX_BYTES) {
      throw SqsException.invalid(
          "One or more parameters are invalid. Reason: Message must be shorter than %s bytes."
              .formatted(MAX_BYTES));
    }
    queue.add(stored);
    ObjectNode answer =
        answer().put("MessageId", stored.id()).put("MD5OfMessageBody", Checksums.of(stored.body()));
    if (!attributes.isEmpty()) {
      answer.put("MD5OfMessageAttributes", Checksums.of(attributes));
    }
    return answer;
  }

  /** Only what XML may have, as on AWS. */
  private static String content(String body) {
    if (body.isEmpty()) {
      throw SqsException.missing("MessageBody");
    }
    if (!body.codePoints()
        .allMatch(
            c ->
                c == '\t'
                    || c == '\n'
                    || c == '\r'
                    || (c >= 0x20 && c <= 0xD7FF)
                    || (c >= 0xE000 && c <= 0xFFFD)
                    || c >= 0x10000)) {
      throw new SqsException(
          "InvalidMessageContents", "The message contains characters outside the allowed set.");
    }
    return body;
  }

  /** Whether a call to receive waits for messages until later than that, in milliseconds. */
  boolean waits(Members request, long asked) {
    Integer seconds = request.integer("WaitTimeSeconds", 0, 20);
    long wait =
        seconds == null ? queues.of(request).settings().receiveWaitMillis() : seconds * 1000L;
    return clock.millis() < asked + wait;
  }

  /** Answers without a list of messages when there are none to be received now, as on AWS. */
  ObjectNode receive(Queue queue, Members request) throws IOException {
    long now = clock.millis();
    Integer max = request.integer("MaxNumberOfMessages", 1, MAX_ENTRIES);
    Integer visibility = request.integer("VisibilityTimeout", 0, HALF_A_DAY);
    long again =
        now
            + (visibility == null
                ? queue.settings().visibilityTimeoutMillis()
                : visibility * 1000L);
    List<String> attributes = request.strings("MessageAttributeNames");
    List<String> facts = request.strings("MessageSystemAttributeNames");
    if (facts.isEmpty()) {
      facts = request.strings("AttributeNames");
    }
    redrive(queue, now);
    ObjectNode answer = answer();
    for (StoredMessage message : queue.visible(max == null ? 1 : max, now)) {
      answer
          .withArray("Messages")
          .add(shown(queue.receive(message, now, again), attributes, facts));
    }
    return answer;
  }

  /** Moves what was received as often as it may; the copy is there before the original goes. */
  private void redrive(Queue queue, long now) throws IOException {
    StoredQueue settings = queue.settings();
    if (settings.redriveTo() == null || !queues.has(settings.redriveTo())) {
      return;
    }
    for (StoredMessage message : queue.visible(Integer.MAX_VALUE, now)) {
      if (message.receiveCount() >= settings.maxReceiveCount()) {
        queues.get(settings.redriveTo()).add(message);
        queue.delete(message);
      }
    }
  }

  private static ObjectNode shown(
      StoredMessage message, List<String> attributes, List<String> facts) {
    ObjectNode shown =
        answer()
            .put("MessageId", message.id())
            .put("ReceiptHandle", message.lastReceipt())
            .put("MD5OfBody", Checksums.of(message.body()))
            .put("Body", message.body());
    Map<String, String> known = new LinkedHashMap<>();
    known.put("SentTimestamp", Long.toString(message.sent()));
    known.put("ApproximateReceiveCount", Integer.toString(message.receiveCount()));
    known.put("ApproximateFirstReceiveTimestamp", Objects.toString(message.firstReceived()));
    known.put("SenderId", Queues.ACCOUNT);
    if (!facts.contains("All")) {
      known.keySet().retainAll(facts);
    }
    if (!known.isEmpty()) {
      ObjectNode told = shown.putObject("Attributes");
      known.forEach(told::put);
    }
    Map<String, StoredAttribute> wanted = new LinkedHashMap<>(message.attributes());
    wanted.keySet().removeIf(name -> attributes.stream().noneMatch(asked -> asks(asked, name)));
    if (!wanted.isEmpty()) {
      shown.put("MD5OfMessageAttributes", Checksums.of(wanted));
      ObjectNode told = shown.putObject("MessageAttributes");
      wanted.forEach(
          (name, attribute) ->
              told.putObject(name)
                  .put("DataType", attribute.dataType())
                  .put(attribute.isBinary() ? "BinaryValue" : "StringValue", attribute.value()));
    }
    return shown;
  }

  private static boolean asks(String asked, String name) {
    return asked.equals("All")
        || asked.equals(name)
        || (asked.endsWith(".*") && name.startsWith(asked.substring(0, asked.length() - 2)));
  }

  ObjectNode delete(Queue queue, Members message) throws IOException {
    var held = queue.held(message.required("ReceiptHandle"));
    if (held.isPresent()) {
      queue.delete(held.get());
    }
    return answer();
  }

  ObjectNode changeVisibility(Queue queue, Members message) throws IOException {
    Integer seconds = message.integer("VisibilityTimeout", 0, HALF_A_DAY);
    if (seconds == null) {
      throw SqsException.missing("VisibilityTimeout");
    }
    StoredMessage held =
        queue
            .held(message.required("ReceiptHandle"))
            .orElseThrow(() -> SqsException.invalid("The message is deleted."));
    queue.changeDelivery(held.visibleAt(clock.millis() + seconds * 1000L));
    return answer();
  }

  /** One call with up to ten entries, each of which may fail by itself. */
  ObjectNode batch(Single single, Members request) throws IOException {
    Queue queue = queues.of(request);
    List<Members> entries = request.list("Entries");
    if (entries.isEmpty()) {
      throw new SqsException("EmptyBatchRequest", "The request has no entries.");
    }
    if (entries.size() > MAX_ENTRIES) {
      throw new SqsException(
          "TooManyEntriesInBatchRequest",
          "A request has at most %s entries, this one %s.".formatted(MAX_ENTRIES, entries.size()));
    }
    if (entries.stream().map(entry -> entry.required("Id")).distinct().count() < entries.size()) {
      throw new SqsException(
          "BatchEntryIdsNotDistinct", "Two entries of the request have the same Id.");
    }
    ObjectNode answer = answer();
    ArrayNode successful = answer.putArray("Successful");
    ArrayNode failed = answer.putArray("Failed");
    for (Members entry : entries) {
      String id = entry.required("Id");
      try {
        successful.add(single.run(queue, entry).put("Id", id));
      } catch (SqsException e) {
        failed
            .addObject()
            .put("Id", id)
            .put("SenderFault", true)
            .put("Code", e.type())
            .put("Message", e.getMessage());
      }
    }
    return answer;
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }
}
