package routes.errors;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.cloud.CloudException;
import routes.errors.EventCounts.Refusal;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * The log group that errors go into. CloudWatch Logs takes the same events as often as they are
 * put, so where nobody knows whether they were, they are looked for before.
 */
@ThreadSafe
public final class LogGroup {

  private static final Logger LOG = LoggerFactory.getLogger(LogGroup.class);

  /** Of a group made here: it is for alarms and for looking at, and the lake keeps the records. */
  private static final int RETENTION_DAYS = 7;

  private static final int SERVER_ERROR = 500;

  private final CloudWatchLogsClient logs;
  private final String name;
  private final boolean creates;
  private final EventCounts counts;

  /** Whether nothing is left to be made before events may go there. */
  private volatile boolean ready;

  /**
   * @param logs makes each call once
   * @param creates whether to create the group where it is missing
   */
  LogGroup(CloudWatchLogsClient logs, String name, boolean creates, EventCounts counts) {
    this.logs = logs;
    this.name = name;
    this.creates = creates;
    this.counts = counts;
    this.ready = !creates;
  }

  /**
   * Puts what is missing of these events. Whatever it throws, it may be asked again.
   *
   * @throws SdkException what CloudWatch Logs answered, or that it did not
   * @throws CloudException when the group is missing, or cannot be made as it is meant to be
   */
  public void put(EventCall call) {
    if (!ready) {
      create();
    }
    List<LogEvent> events = call.isDoubtful() ? call.missing(there(call)) : call.events();
    if (!events.isEmpty()) {
      put(call, events);
    }
    call.finish();
  }

  private void put(EventCall call, List<LogEvent> events) {
    try {
      take(call, events, putOrCreate(call.logStream(), events));
    } catch (InvalidParameterException refused) {
      if (events.size() == 1) {
        refuse(call, Refusal.INVALID, events, String.valueOf(refused.getMessage()));
        return;
      }
      // One that is refused must not keep the others out.
      call.doubt();
      put(call, events.subList(0, events.size() / 2));
      put(call, events.subList(events.size() / 2, events.size()));
    } catch (SdkException failure) {
      if (!isRefusal(failure)) {
        call.doubt();
      }
      throw failure;
    }
  }

  /** Whether it says that nothing was put. */
  private static boolean isRefusal(SdkException failure) {
    return failure instanceof AwsServiceException answer && answer.statusCode() < SERVER_ERROR;
  }

  private @Nullable RejectedLogEventsInfo putOrCreate(String stream, List<LogEvent> events) {
    try {
      return putNow(stream, events);
    } catch (ResourceNotFoundException missing) {
      createStream(stream);
      return putNow(stream, events);
    }
  }

  private @Nullable RejectedLogEventsInfo putNow(String stream, List<LogEvent> events) {
    List<InputLogEvent> input =
        events.stream()
            .map(
                event ->
                    InputLogEvent.builder()
                        .timestamp(event.millis())
                        .message(event.message())
                        .build())
            .toList();
    return logs.putLogEvents(put -> put.logGroupName(name).logStreamName(stream).logEvents(input))
        .rejectedLogEventsInfo();
  }

  private void take(
      EventCall call, List<LogEvent> events, @Nullable RejectedLogEventsInfo rejected) {
    int old = 0;
    int ahead = events.size();
    if (rejected != null) {
      old =
          Math.max(
              or(rejected.tooOldLogEventEndIndex(), 0), or(rejected.expiredLogEventEndIndex(), 0));
      ahead = or(rejected.tooNewLogEventStartIndex(), events.size());
    }
    counts.addPut(ahead - old);
    refuse(
        call,
        Refusal.OLD,
        events.subList(0, old),
        "they are of more than 14 days ago, or older than it keeps events");
    refuse(
        call,
        Refusal.NEW,
        events.subList(ahead, events.size()),
        "they are more than two hours ahead");
  }

  private static int or(@Nullable Integer index, int otherwise) {
    return Objects.requireNonNullElse(index, otherwise);
  }

  private void refuse(EventCall call, Refusal why, List<LogEvent> events, String reason) {
    if (!events.isEmpty()) {
      call.refuse(events);
      counts.addRefused(why, events.size());
      LOG.warn(
          "The log group {} refused {} log records, which are in the lake: {}",
          name,
          events.size(),
          reason);
    }
  }

  /** How many of each kind the log stream has, of the kinds of a call. */
  private Map<LogEvent.Key, Integer> there(EventCall call) {
    Map<LogEvent.Key, Integer> there = new HashMap<>();
    Set<LogEvent.Key> wanted = call.keys();
    String token = null;
    String before;
    do {
      before = token;
      GetLogEventsResponse page;
      try {
        page = read(call, token);
      } catch (ResourceNotFoundException nothing) {
        return there;
      }
      for (OutputLogEvent event : page.events()) {
        LogEvent.Key key = new LogEvent(event.timestamp(), event.message()).key();
        if (wanted.contains(key)) {
          there.merge(key, 1, Integer::sum);
        }
      }
      token = page.nextForwardToken();
    } while (token != null && !token.equals(before));
    return there;
  }

  private GetLogEventsResponse read(EventCall call, @Nullable String token) {
    return logs.getLogEvents(
        get ->
            get.logGroupName(name)
                .logStreamName(call.logStream())
                .startTime(call.firstMillis())
                // This one is exclusive.
                .endTime(call.lastMillis() + 1)
                .startFromHead(true)
                .nextToken(token));
  }

  private void createStream(String stream) {
    try {
      tryCreateStream(stream);
    } catch (ResourceNotFoundException missing) {
      if (!creates) {
        throw new CloudException(
            "The log group %s is missing: create it, or set ERRORS_LOG_GROUP to one that is there; errors wait on the stream until then"
                .formatted(name));
      }
      ready = false;
      create();
      tryCreateStream(stream);
    }
  }

  private void tryCreateStream(String stream) {
    try {
      logs.createLogStream(create -> create.logGroupName(name).logStreamName(stream));
    } catch (ResourceAlreadyExistsException another) {
      // Another process was faster.
    }
  }

  /**
   * Creates the group where it is missing and that is wanted. Where that fails, whoever puts tries
   * again and is told: delivery to the lake need not wait for it.
   */
  void ensure() {
    if (!ready) {
      try {
        create();
      } catch (CloudException failure) {
        LOG.warn("Errors wait on the stream: {}", failure.getMessage());
      }
    }
  }

  private void create() {
    try {
      if (!isThere()) {
        tryCreate();
        logs.putRetentionPolicy(put -> put.logGroupName(name).retentionInDays(RETENTION_DAYS));
      }
      ready = true;
    } catch (SdkException failure) {
      throw new CloudException(
          "The log group %s cannot be made ready for errors (%s): check endpoint, region and permissions, or create it and set CREATE_RESOURCES=false"
              .formatted(name, failure.getMessage()),
          failure);
    }
  }

  /**
   * Whether it needs nothing. One that keeps what it has for ever may be meant to; but one that was
   * made here and is not limited yet is empty, as it is put into only once it is.
   */
  private boolean isThere() {
    // The names that begin with this one, in their order: it comes first.
    return logs
        .describeLogGroups(describe -> describe.logGroupNamePrefix(name))
        .logGroups()
        .stream()
        .filter(group -> name.equals(group.logGroupName()))
        .anyMatch(
            group -> group.retentionInDays() != null || !Objects.equals(group.storedBytes(), 0L));
  }

  private void tryCreate() {
    try {
      logs.createLogGroup(create -> create.logGroupName(name));
    } catch (ResourceAlreadyExistsException there) {
      // Without a limit, or another process was faster.
    }
  }
}
