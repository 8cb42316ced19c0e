package routes.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of queues, as the API names them. */
final class QueueAttributes {

  private static final int HALF_A_DAY = 12 * 60 * 60;

  /** Taken and without effect: messages wait until they are deleted, and nobody is kept away. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "MessageRetentionPeriod",
          "MaximumMessageSize",
          "Policy",
          "RedriveAllowPolicy",
          "KmsMasterKeyId",
          "KmsDataKeyReusePeriodSeconds",
          "SqsManagedSseEnabled");

  private record Redrive(@Nullable String target, int maxReceiveCount) {}

  private final JsonMapper json = new JsonMapper();
  private final String region;

  QueueAttributes(String region) {
    this.region = region;
  }

  /**
   * The settings with attributes of a request.
   *
   * @throws SqsException when one is unknown or has no such value
   */
  StoredQueue applied(
      Map<String, String> attributes, StoredQueue settings, Queues queues, long now) {
    long visibility = settings.visibilityTimeoutMillis();
    long delay = settings.delayMillis();
    long wait = settings.receiveWaitMillis();
    Redrive redrive = new Redrive(settings.redriveTo(), settings.maxReceiveCount());
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      String name = attribute.getKey();
      String value = attribute.getValue();
      switch (name) {
        case "VisibilityTimeout" -> visibility = 1000L * Members.number(name, value, 0, HALF_A_DAY);
        case "DelaySeconds" -> delay = 1000L * Members.number(name, value, 0, 900);
        case "ReceiveMessageWaitTimeSeconds" -> wait = 1000L * Members.number(name, value, 0, 20);
        case "RedrivePolicy" -> redrive = redrive(value, queues);
        default -> {
          if (!WITHOUT_EFFECT.contains(name)) {
            throw new SqsException(
                "InvalidAttributeName", "Queues here have no attribute '%s'.".formatted(name));
          }
        }
      }
    }
    return new StoredQueue(
        settings.name(),
        visibility,
        delay,
        wait,
        settings.created(),
        now,
        redrive.target(),
        redrive.maxReceiveCount());
  }

  private Redrive redrive(String policy, Queues queues) {
    if (policy.isEmpty()) {
      return new Redrive(null, 0);
    }
    JsonNode read;
    try {
      read = json.readTree(policy);
    } catch (JsonProcessingException e) {
      throw SqsException.invalid("RedrivePolicy is no JSON: " + e.getOriginalMessage());
    }
    String arn = read.path("deadLetterTargetArn").asText();
    String target = arn.substring(arn.lastIndexOf(':') + 1);
    return new Redrive(
        queues.get(target).settings().name(),
        Members.number("maxReceiveCount", read.path("maxReceiveCount").asText(), 1, 1000));
  }

  /** Those that are asked for; {@code All} is all of them. */
  Map<String, String> of(Queue queue, List<String> names, long now) {
    Map<String, String> attributes = of(queue, now);
    if (!names.contains("All")) {
      attributes.keySet().retainAll(names);
    }
    return attributes;
  }

  private Map<String, String> of(Queue queue, long now) {
    StoredQueue settings = queue.settings();
    long visible = 0;
    long delayed = 0;
    for (StoredMessage message : queue.messages()) {
      if (message.nextDelivery() <= now) {
        visible++;
      } else if (message.receiveCount() == 0) {
        delayed++;
      }
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("QueueArn", arn(settings.name()));
    attributes.put("ApproximateNumberOfMessages", Long.toString(visible));
    attributes.put("ApproximateNumberOfMessagesDelayed", Long.toString(delayed));
    attributes.put(
        "ApproximateNumberOfMessagesNotVisible",
        Long.toString(queue.messages().size() - visible - delayed));
    attributes.put("CreatedTimestamp", seconds(settings.created()));
    attributes.put("LastModifiedTimestamp", seconds(settings.lastModified()));
    attributes.put("VisibilityTimeout", seconds(settings.visibilityTimeoutMillis()));
    attributes.put("DelaySeconds", seconds(settings.delayMillis()));
    attributes.put("ReceiveMessageWaitTimeSeconds", seconds(settings.receiveWaitMillis()));
    if (settings.redriveTo() != null) {
      attributes.put(
          "RedrivePolicy",
          JsonNodeFactory.instance
              .objectNode()
              .put("deadLetterTargetArn", arn(settings.redriveTo()))
              .put("maxReceiveCount", settings.maxReceiveCount())
              .toString());
    }
    return attributes;
  }

  private String arn(String queue) {
    return "arn:aws:sqs:%s:%s:%s".formatted(region, Queues.ACCOUNT, queue);
  }

  private static String seconds(long millis) {
    return Long.toString(millis / 1000);
  }
}
