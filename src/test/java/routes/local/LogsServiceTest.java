package routes.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

class LogsServiceTest extends CloudTest {

  private static final String STREAM = "a stream/shard-1";

  private final Instant now = Instant.now();
  private CloudWatchLogsClient logs;
  private String group;

  @BeforeEach
  void create_stream(TestInfo test) {
    group = "/tests/" + Integer.toHexString(test.getDisplayName().hashCode());
    logs = clients.forLogs();
    logs.createLogGroup(r -> r.logGroupName(group));
    logs.createLogStream(r -> r.logGroupName(group).logStreamName(STREAM));
  }

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void events_are_read_in_the_order_of_their_times_however_they_were_put() {
    put(event(2, "b"), event(3_700, "d"));
    put(event(-3_700, "a"), event(2, "c \r\n \u2028 \"ü😀"));

    assertThat(get()).containsExactly("a", "b", "c \r\n \u2028 \"ü😀", "d");
  }

  @Test
  void events_survive_a_restart_and_a_process_that_was_killed_amid_a_line() throws IOException {
    put(event(0, "first"));
    Path file = files().get(0);
    Files.writeString(file, "{\"timestamp\":17", StandardOpenOption.APPEND);

    logs.close();
    restart();
    logs = clients.forLogs();
    put(event(0, "second"));

    assertThat(get()).containsExactly("first", "second");
    assertThat(Files.readString(file).lines()).hasSize(2);
  }

  @Test
  void pages_go_forwards_and_backwards_and_end_with_the_token_they_were_asked_with() {
    List<String> all = IntStream.range(0, 25).mapToObj(n -> "m" + n).toList();
    all.forEach(message -> put(event(0, message)));

    List<String> forwards = new ArrayList<>();
    GetLogEventsResponse page = page(null, true);
    String asked = "";
    while (!page.nextForwardToken().equals(asked)) {
      page.events().forEach(event -> forwards.add(event.message()));
      asked = page.nextForwardToken();
      page = page(asked, true);
    }
    GetLogEventsResponse newest = page(null, false);
    GetLogEventsResponse before = page(newest.nextBackwardToken(), false);

    assertThat(forwards).isEqualTo(all);
    assertThat(messages(newest)).isEqualTo(all.subList(15, 25));
    assertThat(messages(before)).isEqualTo(all.subList(5, 15));
    assertThat(page(before.nextForwardToken(), false).events()).hasSize(10);
  }

  @Test
  void an_answer_has_a_mebibyte_and_the_rest_comes_with_its_token() {
    List<String> all =
        IntStream.range(0, 6).mapToObj(n -> n + "x".repeat(n % 2 == 0 ? 700_000 : 100)).toList();
    all.forEach(message -> put(event(0, message)));

    List<String> read =
        logs.filterLogEventsPaginator(r -> r.logGroupName(group)).events().stream()
            .map(FilteredLogEvent::message)
            .toList();

    assertThat(read).isEqualTo(all);
    assertThat(logs.filterLogEvents(r -> r.logGroupName(group)).events()).hasSize(2);
  }

  @Test
  void streams_are_filtered_together_and_an_id_belongs_to_one_event() {
    logs.createLogStream(r -> r.logGroupName(group).logStreamName("other"));
    put(event(0, "a"), event(60, "c"));
    logs.putLogEvents(
        r -> r.logGroupName(group).logStreamName("other").logEvents(event(0, "x"), event(30, "b")));

    List<FilteredLogEvent> read =
        logs.filterLogEventsPaginator(r -> r.logGroupName(group).limit(1)).events().stream()
            .toList();

    assertThat(read)
        .extracting(FilteredLogEvent::message)
        .containsExactlyInAnyOrder("a", "x", "b", "c")
        .endsWith("b", "c");
    assertThat(read).extracting(FilteredLogEvent::eventId).doesNotHaveDuplicates();
    assertThat(logs.filterLogEvents(r -> r.logGroupName(group).logStreamNamePrefix("oth")).events())
        .extracting(FilteredLogEvent::logStreamName)
        .containsExactly("other", "other");
  }

  @Test
  void the_last_time_counts_in_a_filter_and_not_in_a_read() {
    put(event(0, "a"), event(1, "b"), event(2, "c"));
    long from = now.plusSeconds(0).toEpochMilli();
    long to = now.plusSeconds(1).toEpochMilli();

    assertThat(
            logs.filterLogEvents(r -> r.logGroupName(group).startTime(from).endTime(to)).events())
        .extracting(FilteredLogEvent::message)
        .containsExactly("a", "b");
    assertThat(
            logs.getLogEvents(
                    r -> r.logGroupName(group).logStreamName(STREAM).startTime(from).endTime(to))
                .events())
        .extracting(OutputLogEvent::message)
        .containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "ERROR, 1 3",
        "'ERROR timeout', 1",
        "'\"card declined\"', 3",
        "'ERROR -timeout', 3",
        "'{ $.level = \"ERROR\" }', 1 3",
        "'{ $.http.status = 502 }', 2",
        "'', 1 2 3",
      })
  void a_pattern_finds(String pattern, String found) {
    put(
        event(1, "{\"level\":\"ERROR\",\"text\":\"timeout\"}"),
        event(2, "{\"level\":\"WARN\",\"http\":{\"status\":502}}"),
        event(3, "{\"level\":\"ERROR\",\"text\":\"card declined\"}"));

    assertThat(logs.filterLogEvents(r -> r.logGroupName(group).filterPattern(pattern)).events())
        .extracting(event -> Long.toString((event.timestamp() - now.toEpochMilli()) / 1_000))
        .containsExactly(found.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"?ERROR", "%ERR%", "{ $.level = ERR* }", "{ $.a = 1 && $.b = 2 }"})
  void a_pattern_that_it_does_not_know_is_refused(String pattern) {
    assertThatThrownBy(
            () -> logs.filterLogEvents(r -> r.logGroupName(group).filterPattern(pattern)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("does not know the pattern: " + pattern);
  }

  @Test
  void what_is_too_old_or_too_new_is_told_and_the_rest_is_put() {
    logs.putRetentionPolicy(r -> r.logGroupName(group).retentionInDays(1));
    long day = Duration.ofDays(1).toSeconds();

    RejectedLogEventsInfo rejected =
        put(
                event(-15 * day, "old"),
                event(-2 * day, "expired"),
                event(0, "kept"),
                event(7_300, "new"))
            .rejectedLogEventsInfo();

    assertThat(rejected.tooOldLogEventEndIndex()).isEqualTo(1);
    assertThat(rejected.expiredLogEventEndIndex()).isEqualTo(2);
    assertThat(rejected.tooNewLogEventStartIndex()).isEqualTo(3);
    assertThat(get()).containsExactly("kept");
    assertThat(put(event(0, "more")).rejectedLogEventsInfo()).isNull();
  }

  @Test
  void a_call_over_a_limit_is_refused_as_a_whole() {
    int largest = (1 << 20) - 26;
    put(event(0, "x".repeat(largest)));
    InputLogEvent[] many = new InputLogEvent[10_001];
    Arrays.fill(many, event(0, "x"));

    assertRefused("exceeds limit", event(0, "x".repeat(largest + 1)));
    assertRefused("too large", event(0, "x".repeat(largest - 26)), event(0, "x"));
    assertRefused("chronological", event(1, "b"), event(0, "a"));
    assertRefused("24 hours", event(-86_401, "a"), event(0, "b"));
    assertRefused("10000", many);
    assertThat(get()).hasSize(1);
  }

  @Test
  void what_is_not_there_and_what_is_there_twice_has_its_exception() {
    assertThatThrownBy(() -> logs.createLogGroup(r -> r.logGroupName(group)))
        .isInstanceOf(ResourceAlreadyExistsException.class);
    assertThatThrownBy(() -> logs.createLogStream(r -> r.logGroupName(group).logStreamName(STREAM)))
        .isInstanceOf(ResourceAlreadyExistsException.class);
    assertThatThrownBy(
            () ->
                logs.putLogEvents(
                    r -> r.logGroupName(group).logStreamName("none").logEvents(event(0, "x"))))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> logs.createLogStream(r -> r.logGroupName("none").logStreamName("x")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> logs.describeMetricFilters())
        .isInstanceOf(CloudWatchLogsException.class)
        .hasMessageContaining("has no operation DescribeMetricFilters");
  }

  @Test
  void groups_and_streams_are_described_and_deleted() {
    put(event(0, "first"), event(60, "last"));
    logs.createLogStream(r -> r.logGroupName(group).logStreamName("empty"));
    logs.putRetentionPolicy(r -> r.logGroupName(group).retentionInDays(7));

    assertThat(logs.describeLogGroups(r -> r.logGroupNamePrefix(group)).logGroups())
        .singleElement()
        .satisfies(
            described -> {
              assertThat(described.retentionInDays()).isEqualTo(7);
              assertThat(described.storedBytes()).isPositive();
            });
    List<LogStream> streams =
        logs
            .describeLogStreamsPaginator(
                r ->
                    r.logGroupName(group)
                        .orderBy(OrderBy.LAST_EVENT_TIME)
                        .descending(true)
                        .limit(1))
            .logStreams()
            .stream()
            .toList();
    assertThat(streams).extracting(LogStream::logStreamName).containsExactly(STREAM, "empty");
    assertThat(streams.get(0).firstEventTimestamp()).isEqualTo(now.toEpochMilli());
    assertThat(streams.get(0).lastEventTimestamp()).isEqualTo(now.plusSeconds(60).toEpochMilli());

    logs.deleteLogGroup(r -> r.logGroupName(group));
    logs.createLogGroup(r -> r.logGroupName(group));
    assertThat(logs.describeLogStreams(r -> r.logGroupName(group)).logStreams()).isEmpty();
  }

  @Test
  void what_a_group_keeps_no_longer_goes_from_disk() throws IOException {
    put(event(-3 * 86_400, "old"));
    put(event(0, "new"));
    logs.putRetentionPolicy(r -> r.logGroupName(group).retentionInDays(1));

    put(event(0, "newer"));

    assertThat(get()).containsExactly("new", "newer");
    assertThat(files()).hasSize(1);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(data.resolve("logs"))) {
      List<Path> found = new ArrayList<>();
      for (Path file : all.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        Path settings = file.getParent().resolveSibling("group.json");
        if (new String(Files.readAllBytes(settings), UTF_8).contains('"' + group + '"')) {
          found.add(file);
        }
      }
      return found;
    }
  }

  private void assertRefused(String why, InputLogEvent... events) {
    assertThatThrownBy(() -> put(events))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining(why);
  }

  private InputLogEvent event(long seconds, String message) {
    return InputLogEvent.builder()
        .timestamp(now.plusSeconds(seconds).toEpochMilli())
        .message(message)
        .build();
  }

  private PutLogEventsResponse put(InputLogEvent... events) {
    return logs.putLogEvents(r -> r.logGroupName(group).logStreamName(STREAM).logEvents(events));
  }

  private GetLogEventsResponse page(String token, boolean fromHead) {
    return logs.getLogEvents(
        r ->
            r.logGroupName(group)
                .logStreamName(STREAM)
                .nextToken(token)
                .startFromHead(fromHead)
                .limit(10));
  }

  private static List<String> messages(GetLogEventsResponse page) {
    return page.events().stream().map(OutputLogEvent::message).toList();
  }

  private List<String> get() {
    return messages(
        logs.getLogEvents(r -> r.logGroupName(group).logStreamName(STREAM).startFromHead(true)));
  }
}
