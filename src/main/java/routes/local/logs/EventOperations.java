package routes.local.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the API does with events. */
final class EventOperations {

  private static final int MAX_READ = 10_000;
  private static final String FORWARD = "f/";
  private static final String BACKWARD = "b/";

  /** As ids: before all and after all. */
  private static final String FIRST = "0".repeat(56);

  private static final String LAST = "9".repeat(56);

  private final LogGroups groups;
  private final Clock clock;

  EventOperations(LogGroups groups, Clock clock) {
    this.groups = groups;
    this.clock = clock;
  }

  ObjectNode put(Parameters request) throws IOException {
    LogGroup group = groups.get(request.group());
    LogStream stream = group.stream(request.required("logStreamName"));
    long now = clock.millis();
    PutRules call = new PutRules(request.json().path("logEvents"), now, group.expiry(now));
    groups.put(stream, call.accepted(), now);
    ObjectNode answer = answer().put("nextSequenceToken", LAST);
    if (!call.rejected().isEmpty()) {
      answer.set("rejectedLogEventsInfo", call.rejected());
    }
    return answer;
  }

  ObjectNode get(Parameters request) throws IOException {
    LogStream stream = groups.get(request.group()).stream(request.required("logStreamName"));
    String token = request.text("nextToken");
    boolean fromHead = token == null ? request.flag("startFromHead") : token.startsWith(FORWARD);
    String after = token == null ? null : id(token);
    EventPage page = new EventPage(fromHead, request.limit(MAX_READ), after);
    // Here the last time is exclusive.
    stream.show(range(request, request.number("endTime", Long.MAX_VALUE) - 1), page);
    List<ReadEvent> events = page.inOrder();
    ObjectNode answer = answer();
    ArrayNode list = answer.putArray("events");
    events.forEach(event -> list.add(told(event)));
    // At an end the answer has the token that was asked with: nothing comes behind it yet.
    String place = after == null ? (fromHead ? FIRST : LAST) : after;
    return answer
        .put(
            "nextForwardToken",
            FORWARD + (events.isEmpty() ? place : events.get(events.size() - 1).id()))
        .put("nextBackwardToken", BACKWARD + (events.isEmpty() ? place : events.get(0).id()));
  }

  ObjectNode filter(Parameters request) throws IOException {
    LogGroup group = groups.get(request.group());
    List<String> names = request.texts("logStreamNames");
    String prefix = Objects.requireNonNullElse(request.text("logStreamNamePrefix"), "");
    EventPage page = new EventPage(true, request.limit(MAX_READ), request.text("nextToken"));
    LogStream.Range range = range(request, request.number("endTime", Long.MAX_VALUE));
    names.forEach(group::stream);
    for (LogStream stream : group.streams().values()) {
      String name = stream.settings().name();
      if ((names.isEmpty() || names.contains(name)) && name.startsWith(prefix)) {
        stream.show(range, page);
      }
    }
    List<ReadEvent> events = page.inOrder();
    ObjectNode answer = answer();
    ArrayNode list = answer.putArray("events");
    events.forEach(
        event ->
            list.add(told(event).put("eventId", event.id()).put("logStreamName", event.stream())));
    answer.putArray("searchedLogStreams");
    if (page.isFull()) {
      answer.put("nextToken", events.get(events.size() - 1).id());
    }
    return answer;
  }

  private static LogStream.Range range(Parameters request, long to) {
    return new LogStream.Range(
        Math.max(0, request.number("startTime", 0)),
        to,
        FilterPattern.of(request.text("filterPattern")));
  }

  private static ObjectNode told(ReadEvent event) {
    return answer()
        .put("timestamp", event.event().timestamp())
        .put("message", event.event().message())
        .put("ingestionTime", event.event().ingestionTime());
  }

  private static @Nullable String id(String token) {
    if (!token.startsWith(FORWARD) && !token.startsWith(BACKWARD)) {
      throw LogsException.invalid("The specified nextToken is invalid: " + token);
    }
    return token.substring(FORWARD.length());
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }
}
