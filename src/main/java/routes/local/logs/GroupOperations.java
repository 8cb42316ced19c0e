package routes.local.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the API does with groups and log streams as a whole. */
final class GroupOperations {

  private static final Pattern GROUP = Pattern.compile("[a-zA-Z0-9_/.#-]{1,512}");
  private static final Pattern STREAM = Pattern.compile("[^:*]{1,512}");
  private static final int MAX_LISTED = 50;

  /** Those that the API knows. */
  private static final Set<Integer> RETENTION_DAYS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private final LogGroups groups;
  private final String region;
  private final Clock clock;

  GroupOperations(LogGroups groups, String region, Clock clock) {
    this.groups = groups;
    this.region = region;
    this.clock = clock;
  }

  ObjectNode createGroup(Parameters request) throws IOException {
    String name = named(GROUP, request.required("logGroupName"));
    if (groups.has(name)) {
      throw LogsException.exists("group", name);
    }
    groups.create(new StoredGroup(name, clock.millis(), null));
    return answer();
  }

  ObjectNode deleteGroup(Parameters request) throws IOException {
    groups.delete(groups.get(request.group()));
    return answer();
  }

  ObjectNode putRetention(Parameters request) throws IOException {
    int days = (int) request.number("retentionInDays", 0);
    if (!RETENTION_DAYS.contains(days)) {
      throw LogsException.invalid(
          "retentionInDays %s must be one of %s."
              .formatted(days, RETENTION_DAYS.stream().sorted().toList()));
    }
    return setRetention(request, days);
  }

  ObjectNode deleteRetention(Parameters request) throws IOException {
    return setRetention(request, null);
  }

  private ObjectNode setRetention(Parameters request, @Nullable Integer days) throws IOException {
    LogGroup group = groups.get(request.group());
    StoredGroup settings = group.settings();
    group.change(new StoredGroup(settings.name(), settings.created(), days));
    return answer();
  }

  ObjectNode describeGroups(Parameters request) {
    String prefix = Objects.requireNonNullElse(request.text("logGroupNamePrefix"), "");
    String part = Objects.requireNonNullElse(request.text("logGroupNamePattern"), "");
    List<ObjectNode> found = new ArrayList<>();
    for (LogGroup group : groups.all()) {
      String name = group.settings().name();
      if (name.startsWith(prefix) && name.contains(part)) {
        found.add(describe(group));
      }
    }
    return page(request, "logGroups", found);
  }

  private ObjectNode describe(LogGroup group) {
    StoredGroup settings = group.settings();
    ObjectNode described =
        answer()
            .put("logGroupName", settings.name())
            .put("creationTime", settings.created())
            .put("arn", arn(settings.name()) + ":*")
            .put("logGroupArn", arn(settings.name()))
            .put("logGroupClass", "STANDARD")
            .put("metricFilterCount", 0)
            .put("storedBytes", LogGroups.bytes(group));
    if (settings.retentionDays() != null) {
      described.put("retentionInDays", settings.retentionDays());
    }
    return described;
  }

  ObjectNode createStream(Parameters request) throws IOException {
    LogGroup group = groups.get(request.group());
    String name = named(STREAM, request.required("logStreamName"));
    if (group.streams().containsKey(name)) {
      throw LogsException.exists("stream", name);
    }
    group.createStream(new StoredStream(name, clock.millis()));
    return answer();
  }

  ObjectNode deleteStream(Parameters request) throws IOException {
    LogGroup group = groups.get(request.group());
    groups.deleteStream(group, group.stream(request.required("logStreamName")));
    return answer();
  }

  ObjectNode describeStreams(Parameters request) throws IOException {
    LogGroup group = groups.get(request.group());
    String prefix = Objects.requireNonNullElse(request.text("logStreamNamePrefix"), "");
    List<ObjectNode> found = new ArrayList<>();
    for (LogStream stream : group.streams().values()) {
      if (stream.settings().name().startsWith(prefix)) {
        found.add(describe(group, stream));
      }
    }
    if ("LastEventTime".equals(request.text("orderBy"))) {
      found.sort(Comparator.comparingLong(stream -> stream.path("lastEventTimestamp").asLong()));
    }
    if (request.flag("descending")) {
      Collections.reverse(found);
    }
    return page(request, "logStreams", found);
  }

  private ObjectNode describe(LogGroup group, LogStream stream) throws IOException {
    StoredStream settings = stream.settings();
    ObjectNode described =
        answer()
            .put("logStreamName", settings.name())
            .put("creationTime", settings.created())
            .put("arn", arn(group.settings().name()) + ":log-stream:" + settings.name())
            .put("storedBytes", 0);
    for (ReadEvent first : stream.outermost(true)) {
      described.put("firstEventTimestamp", first.event().timestamp());
    }
    for (ReadEvent last : stream.outermost(false)) {
      described
          .put("lastEventTimestamp", last.event().timestamp())
          .put("lastIngestionTime", last.event().ingestionTime());
    }
    return described;
  }

  /** A part of a list; its token is how many came before. */
  private static ObjectNode page(Parameters request, String name, List<ObjectNode> all) {
    String token = request.text("nextToken");
    int from = token == null ? 0 : offset(token, all.size());
    int to = Math.min(all.size(), from + request.limit(MAX_LISTED));
    ObjectNode answer = answer();
    ArrayNode list = answer.putArray(name);
    all.subList(from, to).forEach(list::add);
    if (to < all.size()) {
      answer.put("nextToken", Integer.toString(to));
    }
    return answer;
  }

  private static int offset(String token, int max) {
    try {
      int offset = Integer.parseInt(token);
      if (offset >= 0 && offset <= max) {
        return offset;
      }
    } catch (NumberFormatException none) {
      // Told below.
    }
    throw LogsException.invalid("The specified nextToken is invalid: " + token);
  }

  private static String named(Pattern pattern, String name) {
    if (!pattern.matcher(name).matches()) {
      throw LogsException.invalid("'%s' does not match %s.".formatted(name, pattern));
    }
    return name;
  }

  private String arn(String group) {
    return "arn:aws:logs:%s:000000000000:log-group:%s".formatted(region, group);
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }
}
