package routes.local.logs;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Amazon CloudWatch Logs in this process. What it acknowledged is in files under one directory;
 * events stay there as long as their group says and no more than 1 GB of them, of which the oldest
 * hours go.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/">CloudWatch
 *     Logs API reference</a>
 */
@ThreadSafe
public final class EmbeddedLogs {

  /**
   * The answer to one call, to be sent over HTTP as it is, in JSON.
   *
   * @param status the HTTP status: 200, 400 for a mistake of the caller, 500 otherwise
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Reply(int status, byte[] body) {}

  /** One operation of the API. */
  private interface Operation {
    ObjectNode run(Parameters request) throws IOException;
  }

  private static final Logger log = LoggerFactory.getLogger(EmbeddedLogs.class);

  private static final long MAX_BYTES = 1L << 30;

  // Nobody configures it any more, and from then on it may be shared.
  @SuppressWarnings("ThreadSafe")
  private final JsonMapper json = new JsonMapper();

  @GuardedBy("this")
  private final Map<String, Operation> operations;

  /**
   * Opens what is stored under the directory, or begins anew.
   *
   * @param directory which is there
   * @throws IOException if the directory cannot be used
   */
  public EmbeddedLogs(Path directory, String region, Clock clock) throws IOException {
    this(directory, region, clock, MAX_BYTES);
  }

  EmbeddedLogs(Path directory, String region, Clock clock, long maxBytes) throws IOException {
    LogGroups groups = new LogGroups(directory, maxBytes);
    GroupOperations group = new GroupOperations(groups, region, clock);
    EventOperations event = new EventOperations(groups, clock);
    operations =
        Map.ofEntries(
            entry("CreateLogGroup", group::createGroup),
            entry("DeleteLogGroup", group::deleteGroup),
            entry("DescribeLogGroups", group::describeGroups),
            entry("PutRetentionPolicy", group::putRetention),
            entry("DeleteRetentionPolicy", group::deleteRetention),
            entry("CreateLogStream", group::createStream),
            entry("DeleteLogStream", group::deleteStream),
            entry("DescribeLogStreams", group::describeStreams),
            entry("PutLogEvents", event::put),
            entry("GetLogEvents", event::get),
            entry("FilterLogEvents", event::filter));
  }

  /**
   * Answers one request. Blocks until what it changes is written; never throws.
   *
   * @param operation what follows {@code Logs_20140328.} in the {@code X-Amz-Target} header
   */
  public Reply call(String operation, byte[] body) {
    try {
      return answer(operation, body);
    } catch (LogsException e) {
      return error(400, e.type(), String.valueOf(e.getMessage()));
    } catch (JsonProcessingException e) {
      return error(
          400, "SerializationException", "The request cannot be read: " + e.getOriginalMessage());
    } catch (IOException | RuntimeException e) {
      log.warn("The embedded CloudWatch Logs could not answer {}", operation, e);
      return error(500, "ServiceUnavailableException", "Internal service failure: " + e);
    }
  }

  private synchronized Reply answer(String name, byte[] body) throws IOException {
    Operation operation = operations.get(name);
    if (operation == null) {
      throw new LogsException(
          "UnknownOperationException", "The embedded CloudWatch Logs has no operation " + name);
    }
    return new Reply(
        200, json.writeValueAsBytes(operation.run(new Parameters(json.readTree(body)))));
  }

  private Reply error(int status, String type, String message) {
    try {
      return new Reply(status, json.writeValueAsBytes(Map.of("__type", type, "message", message)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Two strings can always be encoded", e);
    }
  }
}
