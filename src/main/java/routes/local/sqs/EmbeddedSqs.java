package routes.local.sqs;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Amazon SQS in this process, with standard queues, spoken to in JSON. What it acknowledged is in
 * files under one directory. Messages wait there until they are deleted, for however long.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/">SQS API
 *     reference</a>
 */
@ThreadSafe
public final class EmbeddedSqs {

  /**
   * The answer to one call, to be sent over HTTP as it is, in JSON.
   *
   * @param status the HTTP status: 200, 400 for a mistake of the caller, 500 otherwise
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Reply(int status, byte[] body) {}

  /** One operation of the API. */
  private interface Operation {
    ObjectNode run(Members request, String host) throws IOException;
  }

  private static final Logger log = LoggerFactory.getLogger(EmbeddedSqs.class);

  private static final String RECEIVE = "ReceiveMessage";

  // Nobody configures it any more, and from then on it may be shared.
  @SuppressWarnings("ThreadSafe")
  private final JsonMapper json = new JsonMapper();

  @GuardedBy("this")
  private final Map<String, Operation> operations;

  @GuardedBy("this")
  private final MessageOperations messages;

  /**
   * Opens what is stored under the directory, or begins anew.
   *
   * @param directory which is there
   * @throws IOException if the directory cannot be used
   */
  public EmbeddedSqs(Path directory, String region, Clock clock) throws IOException {
    Queues queues = new Queues(new QueueFiles(directory));
    messages = new MessageOperations(queues, clock);
    operations =
        operations(
            queues, new QueueOperations(queues, new QueueAttributes(region), clock), messages);
  }

  private static Map<String, Operation> operations(
      Queues queues, QueueOperations queue, MessageOperations message) {
    return Map.ofEntries(
        entry("CreateQueue", queue::createQueue),
        entry("GetQueueUrl", queue::getQueueUrl),
        entry("ListQueues", queue::listQueues),
        entry("DeleteQueue", queue::deleteQueue),
        entry("PurgeQueue", queue::purgeQueue),
        entry("GetQueueAttributes", queue::getQueueAttributes),
        entry("SetQueueAttributes", queue::setQueueAttributes),
        entry("SendMessage", (call, host) -> message.send(queues.of(call), call)),
        entry("SendMessageBatch", (call, host) -> message.batch(message::send, call)),
        entry(RECEIVE, (call, host) -> message.receive(queues.of(call), call)),
        entry("DeleteMessage", (call, host) -> message.delete(queues.of(call), call)),
        entry("DeleteMessageBatch", (call, host) -> message.batch(message::delete, call)),
        entry(
            "ChangeMessageVisibility",
            (call, host) -> message.changeVisibility(queues.of(call), call)),
        entry(
            "ChangeMessageVisibilityBatch",
            (call, host) -> message.batch(message::changeVisibility, call)));
  }

  /**
   * Answers one request. Blocks until what it changes is written; never throws.
   *
   * @param operation what follows {@code AmazonSQS.} in the {@code X-Amz-Target} header
   * @param host what the client called, with its port: URLs of queues begin with it
   * @param asked when the request came, in milliseconds since 1970
   * @return empty when the client waits for a message and there is none yet: to be asked again soon
   */
  public Optional<Reply> call(String operation, String host, byte[] body, long asked) {
    try {
      return answer(operation, host, body, asked);
    } catch (SqsException e) {
      return Optional.of(error(400, e.type(), String.valueOf(e.getMessage())));
    } catch (JsonProcessingException e) {
      return Optional.of(
          error(
              400,
              "SerializationException",
              "The request cannot be read: " + e.getOriginalMessage()));
    } catch (IOException | RuntimeException e) {
      log.warn("The embedded SQS could not answer {}", operation, e);
      return Optional.of(error(500, "InternalFailure", "Internal service failure: " + e));
    }
  }

  private synchronized Optional<Reply> answer(String name, String host, byte[] body, long asked)
      throws IOException {
    Operation operation = operations.get(name);
    if (operation == null) {
      throw new SqsException(
          "UnknownOperationException", "The embedded SQS has no operation " + name);
    }
    Members request = new Members(json.readTree(body));
    boolean waits = name.equals(RECEIVE) && messages.waits(request, asked);
    ObjectNode answer = operation.run(request, host);
    return waits && answer.path("Messages").isEmpty()
        ? Optional.empty()
        : Optional.of(new Reply(200, json.writeValueAsBytes(answer)));
  }

  private Reply error(int status, String type, String message) {
    try {
      return new Reply(
          status,
          json.writeValueAsBytes(
              Map.of("__type", "com.amazonaws.sqs#" + type, "message", message)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Two strings can always be encoded", e);
    }
  }
}
