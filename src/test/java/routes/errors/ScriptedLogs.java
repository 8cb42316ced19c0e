package routes.errors;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** CloudWatch Logs with answers as a test wants them; takes the same events as often as put. */
final class ScriptedLogs implements CloudWatchLogsClient {

  /** What becomes of a call that puts. */
  enum Fate {
    /** Carried out, and the answer is lost. */
    DONE_AND_LOST,
    NOT_DONE,
    ANSWERED
  }

  private record Planned(Fate fate, RuntimeException failure) {}

  static final String POISON = "poison";

  private static final int PAGE = 3;

  final Map<String, List<InputLogEvent>> streams = new TreeMap<>();
  final Deque<Integer> retention = new ArrayDeque<>();
  private final Deque<Planned> planned = new ArrayDeque<>();
  private RejectedLogEventsInfo rejected;
  boolean group = true;
  long storedBytes;

  /** Why no group can be found or created; null where it can. */
  RuntimeException unable;

  /** Why no group can be given a retention; null where it can. */
  RuntimeException unlimited;

  int reads;

  /** The next call that puts fails. */
  void plan(Fate fate, RuntimeException failure) {
    planned.add(new Planned(fate, failure));
  }

  /** The next call that puts is answered, and none of those planned. */
  void answer() {
    planned.add(new Planned(Fate.ANSWERED, null));
  }

  void reject(RejectedLogEventsInfo info) {
    rejected = info;
  }

  List<String> messages() {
    return streams.values().stream()
        .flatMap(List::stream)
        .map(InputLogEvent::message)
        .sorted()
        .toList();
  }

  @Override
  public PutLogEventsResponse putLogEvents(PutLogEventsRequest put) {
    Planned next = planned.poll();
    if (next == null || next.fate() != Fate.NOT_DONE) {
      if (put.logEvents().stream().anyMatch(event -> event.message().contains(POISON))) {
        throw InvalidParameterException.builder().statusCode(400).message("too large").build();
      }
      stream(put.logStreamName()).addAll(put.logEvents());
    }
    if (next != null && next.fate() != Fate.ANSWERED) {
      throw next.failure();
    }
    return PutLogEventsResponse.builder().rejectedLogEventsInfo(rejected).build();
  }

  @Override
  public GetLogEventsResponse getLogEvents(GetLogEventsRequest get) {
    reads++;
    List<OutputLogEvent> asked =
        stream(get.logStreamName()).stream()
            .filter(event -> event.timestamp() >= get.startTime())
            .filter(event -> event.timestamp() < get.endTime())
            .sorted(Comparator.comparing(InputLogEvent::timestamp))
            .map(
                event ->
                    OutputLogEvent.builder()
                        .timestamp(event.timestamp())
                        .message(event.message())
                        .build())
            .toList();
    int from = get.nextToken() == null ? 0 : Integer.parseInt(get.nextToken());
    int to = Math.min(asked.size(), from + PAGE);
    return GetLogEventsResponse.builder()
        .events(asked.subList(from, to))
        .nextForwardToken(Integer.toString(to))
        .build();
  }

  private List<InputLogEvent> stream(String name) {
    List<InputLogEvent> events = streams.get(name);
    if (!group || events == null) {
      throw missing();
    }
    return events;
  }

  @Override
  public CreateLogStreamResponse createLogStream(CreateLogStreamRequest create) {
    if (!group) {
      throw missing();
    }
    streams.put(create.logStreamName(), new ArrayList<>());
    return CreateLogStreamResponse.builder().build();
  }

  @Override
  public DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest describe) {
    if (unable != null) {
      throw unable;
    }
    List<LogGroup> groups = new ArrayList<>();
    if (group) {
      groups.add(
          LogGroup.builder()
              .logGroupName(describe.logGroupNamePrefix())
              .retentionInDays(retention.peekLast())
              .storedBytes(storedBytes)
              .build());
    }
    groups.add(LogGroup.builder().logGroupName("errors-of-another").retentionInDays(1).build());
    return DescribeLogGroupsResponse.builder().logGroups(groups).build();
  }

  @Override
  public CreateLogGroupResponse createLogGroup(CreateLogGroupRequest create) {
    if (unable != null) {
      throw unable;
    }
    if (group) {
      throw ResourceAlreadyExistsException.builder().statusCode(400).message("there").build();
    }
    group = true;
    return CreateLogGroupResponse.builder().build();
  }

  @Override
  public PutRetentionPolicyResponse putRetentionPolicy(PutRetentionPolicyRequest put) {
    if (unlimited != null) {
      throw unlimited;
    }
    retention.add(put.retentionInDays());
    return PutRetentionPolicyResponse.builder().build();
  }

  private static ResourceNotFoundException missing() {
    return ResourceNotFoundException.builder().statusCode(400).message("missing").build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
