package routes.local.sqs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.regex.Pattern;

/** What the API does with queues as a whole. */
final class QueueOperations {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,80}");

  private final Queues queues;
  private final QueueAttributes attributes;
  private final Clock clock;

  QueueOperations(Queues queues, QueueAttributes attributes, Clock clock) {
    this.queues = queues;
    this.attributes = attributes;
    this.clock = clock;
  }

  ObjectNode createQueue(Members request, String host) throws IOException {
    String name = request.required("QueueName");
    if (!NAME.matcher(name).matches()) {
      throw SqsException.invalid(
          "'%s' is no name of a standard queue, the only kind there is here: 1 to 80 letters, digits, '-' and '_'."
              .formatted(name));
    }
    long now = clock.millis();
    StoredQueue wanted =
        attributes.applied(request.texts("Attributes"), StoredQueue.of(name, now), queues, now);
    if (!queues.has(name)) {
      queues.create(wanted);
    } else if (!queues.get(name).settings().hasSettingsOf(wanted)) {
      throw new SqsException(
          "QueueNameExists", "There is a queue '%s' with other attributes.".formatted(name));
    }
    return url(name, host);
  }

  ObjectNode getQueueUrl(Members request, String host) {
    return url(queues.get(request.required("QueueName")).settings().name(), host);
  }

  ObjectNode listQueues(Members request, String host) {
    String prefix = request.string("QueueNamePrefix");
    ObjectNode answer = answer();
    var urls = answer.putArray("QueueUrls");
    queues.names().stream()
        .filter(name -> prefix == null || name.startsWith(prefix))
        .forEach(name -> urls.add(Queues.url(name, host)));
    return answer;
  }

  ObjectNode deleteQueue(Members request, String host) throws IOException {
    queues.delete(queues.of(request));
    return answer();
  }

  ObjectNode purgeQueue(Members request, String host) throws IOException {
    queues.of(request).purge();
    return answer();
  }

  ObjectNode getQueueAttributes(Members request, String host) {
    ObjectNode answer = answer();
    ObjectNode shown = answer.putObject("Attributes");
    attributes
        .of(queues.of(request), request.strings("AttributeNames"), clock.millis())
        .forEach(shown::put);
    return answer;
  }

  ObjectNode setQueueAttributes(Members request, String host) throws IOException {
    Queue queue = queues.of(request);
    queue.change(
        attributes.applied(request.texts("Attributes"), queue.settings(), queues, clock.millis()));
    return answer();
  }

  private static ObjectNode url(String name, String host) {
    return answer().put("QueueUrl", Queues.url(name, host));
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }
}
