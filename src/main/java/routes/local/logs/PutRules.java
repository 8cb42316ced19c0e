package routes.local.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call may put.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html">PutLogEvents</a>
 */
final class PutRules {

  static final int OVERHEAD_BYTES = 26;

  private static final int MAX_EVENTS = 10_000;
  private static final int MAX_BYTES = 1 << 20;
  private static final long MAX_SPAN = Duration.ofHours(24).toMillis();
  private static final long MAX_AGE = Duration.ofDays(14).toMillis();
  private static final long MAX_AHEAD = Duration.ofHours(2).toMillis();

  private final List<StoredEvent> accepted = new ArrayList<>();
  private final ObjectNode rejected = JsonNodeFactory.instance.objectNode();

  /**
   * Checks a call.
   *
   * @param expiry the group keeps nothing older, in milliseconds since 1970
   * @throws LogsException when nothing of it is taken
   */
  PutRules(JsonNode events, long now, long expiry) {
    if (events.isEmpty() || events.size() > MAX_EVENTS) {
      throw LogsException.invalid(
          "logEvents must have 1 to %s events, not %s.".formatted(MAX_EVENTS, events.size()));
    }
    int oldEnd = 0;
    int expiredEnd = 0;
    int newStart = events.size();
    long before = Long.MIN_VALUE;
    long bytes = 0;
    for (int index = 0; index < events.size(); index++) {
      StoredEvent event = event(events.get(index), now);
      bytes += size(event);
      if (event.timestamp() < before) {
        throw LogsException.invalid(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
      before = event.timestamp();
      if (event.timestamp() < now - MAX_AGE) {
        oldEnd = index + 1;
      } else if (event.timestamp() < expiry) {
        expiredEnd = index + 1;
      } else if (event.timestamp() > now + MAX_AHEAD) {
        newStart = Math.min(newStart, index);
      } else {
        accepted.add(event);
      }
    }
    if (bytes > MAX_BYTES) {
      throw LogsException.invalid(
          "Upload too large: %s bytes exceeds limit of %s".formatted(bytes, MAX_BYTES));
    }
    requireOneDay();
    tell("tooOldLogEventEndIndex", oldEnd, oldEnd > 0);
    tell("expiredLogEventEndIndex", expiredEnd, expiredEnd > 0);
    tell("tooNewLogEventStartIndex", newStart, newStart < events.size());
  }

  private void requireOneDay() {
    if (!accepted.isEmpty()
        && accepted.get(accepted.size() - 1).timestamp() - accepted.get(0).timestamp() > MAX_SPAN) {
      throw LogsException.invalid(
          "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
    }
  }

  private void tell(String name, int index, boolean any) {
    if (any) {
      rejected.put(name, index);
    }
  }

  private static StoredEvent event(JsonNode event, long now) {
    JsonNode timestamp = event.path("timestamp");
    String message = event.path("message").asText("");
    if (!timestamp.isIntegralNumber() || timestamp.asLong() < 0 || message.isEmpty()) {
      throw LogsException.invalid("An event must have a timestamp and a message.");
    }
    StoredEvent stored = new StoredEvent(timestamp.asLong(), now, message);
    if (size(stored) > MAX_BYTES) {
      throw LogsException.invalid(
          "Log event too large: %s bytes exceeds limit of %s".formatted(size(stored), MAX_BYTES));
    }
    return stored;
  }

  private static int size(StoredEvent event) {
    return event.message().getBytes(UTF_8).length + OVERHEAD_BYTES;
  }

  List<StoredEvent> accepted() {
    return accepted;
  }

  /** Which of the call were not taken, as the API has it; empty = all were. */
  ObjectNode rejected() {
    return rejected;
  }
}
