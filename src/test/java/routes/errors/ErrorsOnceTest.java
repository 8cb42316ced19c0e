package routes.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.cloud.CloudException;
import routes.errors.EventCounts.Refusal;
import routes.errors.ScriptedLogs.Fate;
import routes.json.ByteSlice;
import routes.ledger.Account;
import routes.ledger.Checkpoint;
import routes.ledger.DuplicateWindow;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.ledger.WindowMemory;
import routes.record.FieldNames;
import routes.record.LevelReader;
import routes.record.LogRecord;
import routes.signal.Level;
import routes.stream.StreamRead;
import routes.stream.StreamRecord;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;

/** Each record becomes one event, whatever happens between a put and the checkpoint. */
class ErrorsOnceTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final ShardId SHARD = new ShardId("logs", Instant.EPOCH, "shard-0");
  private final SdkClientException timeout = SdkClientException.create("Read timed out");
  private final AwsServiceException unavailable =
      CloudWatchLogsException.builder().statusCode(503).message("Try later").build();
  private final AwsServiceException throttled =
      CloudWatchLogsException.builder().statusCode(400).message("Rate exceeded").build();

  private final ScriptedLogs logs = new ScriptedLogs();
  private final EventCounts counts = new EventCounts();
  private final LogGroup group = new LogGroup(logs, "errors", false, counts);
  private Reader reader;

  /** A process that reads the shard from a place on. */
  private final class Reader {

    private final Errors errors =
        new Errors(new LevelReader(FieldNames.DEFAULT), InstantSource.fixed(NOW));
    private final DuplicateWindow window = new DuplicateWindow(60_000, new WindowMemory(1 << 20));
    private final ShardLedger ledger;

    Reader(int delivered) {
      ledger =
          new ShardLedger(
              delivered < 0
                  ? Checkpoint.NONE
                  : new Checkpoint(
                      position(delivered), NOW, java.util.Map.of(), null, false, Account.NONE));
    }

    void put(List<StreamRecord> records) {
      put(read(records));
    }

    StreamRead read(List<StreamRecord> records) {
      return new StreamRead(SHARD, ledger, window, records, List.of());
    }

    /** As the route does, where a failed step is tried again. */
    void put(StreamRead read) {
      for (EventCall call : errors.atLeast(read, Level.WARN)) {
        for (boolean done = false; !done; ) {
          try {
            group.put(call);
            done = true;
          } catch (AwsServiceException | SdkClientException again) {
            assertThat(again).isIn(timeout, unavailable, throttled);
          }
        }
      }
      window.commit();
    }
  }

  @BeforeEach
  void start() {
    reader = new Reader(-1);
  }

  @Test
  void records_of_the_level_and_above_are_put_byte_for_byte_and_copies_are_not() {
    reader.put(
        List.of(
            record(0, "a", "ERROR", 0),
            record(1, "b", "info", 0),
            record(2, "c", "warn", -5),
            record(3, "a", "ERROR", 0)));

    assertThat(logs.messages()).containsExactly(line("a", "ERROR"), line("c", "warn"));
    assertThat(logs.streams).containsOnlyKeys("logs/shard-0");
    assertThat(counts.put()).isEqualTo(2);
  }

  @Test
  void a_crash_between_put_and_checkpoint_doubles_nothing_and_loses_nothing() {
    List<StreamRecord> all =
        IntStream.range(0, 10).mapToObj(n -> record(n, "id" + n, "ERROR", n % 3)).toList();
    reader.put(all.subList(0, 4));
    reader.put(all.subList(4, 7));

    new Reader(3).put(all.subList(4, 10));

    assertThat(logs.messages())
        .isEqualTo(all.stream().map(each -> each.record().line().toString()).sorted().toList());
  }

  @Test
  void records_that_equal_each_other_are_counted() {
    // Without ids: nothing tells them apart.
    List<StreamRecord> all =
        IntStream.range(0, 6).mapToObj(n -> record(n, null, "ERROR", 0)).toList();
    reader.put(all.subList(0, 2));
    reader.put(all.subList(2, 4));

    Reader next = new Reader(1);
    // What came before the checkpoint is shown again, as a reader does for the window of copies.
    next.put(all.subList(0, 2));
    next.put(all.subList(2, 6));

    assertThat(logs.messages()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void crashes_lost_answers_and_throttling_at_any_place_leave_each_record_once(long seed) {
    Random random = new Random(seed);
    List<StreamRecord> all =
        IntStream.range(0, 60)
            .mapToObj(
                n ->
                    record(
                        n,
                        random.nextBoolean() ? "id" + n : null,
                        random.nextInt(3) == 0 ? "INFO" : "ERROR",
                        random.nextInt(3)))
            .toList();
    int checkpoint = -1;
    int from = 0;
    while (from < all.size()) {
      if (random.nextInt(3) == 0) {
        reader = new Reader(checkpoint);
        reader.put(all.subList(0, checkpoint + 1));
        from = checkpoint + 1;
      }
      for (int failures = random.nextInt(3); failures > 0; failures--) {
        boolean slow = random.nextBoolean();
        logs.plan(
            slow || random.nextBoolean() ? Fate.NOT_DONE : Fate.DONE_AND_LOST,
            slow ? throttled : timeout);
      }
      int to = Math.min(all.size(), from + 1 + random.nextInt(8));
      reader.put(all.subList(from, to));
      from = to;
      if (random.nextBoolean()) {
        checkpoint = to - 1;
      }
    }

    assertThat(logs.messages())
        .isEqualTo(
            all.stream()
                .map(each -> each.record().line().toString())
                .filter(line -> line.contains("ERROR"))
                .sorted()
                .toList());
  }

  @Test
  void what_arrived_long_after_the_start_is_not_looked_for() {
    logs.plan(Fate.NOT_DONE, throttled);

    reader.put(List.of(late("a"), late("a")));

    assertThat(logs.messages()).hasSize(1);
    assertThat(logs.reads).isZero();
  }

  @Test
  void nor_is_it_put_again_where_only_the_answer_was_lost() {
    logs.plan(Fate.DONE_AND_LOST, timeout);
    logs.plan(Fate.DONE_AND_LOST, unavailable);

    reader.put(List.of(late("a")));
    reader.put(List.of(late("b")));

    assertThat(logs.messages()).hasSize(2);
  }

  @Test
  void a_part_that_is_given_again_goes_on_where_it_was_left() {
    List<StreamRecord> all = List.of(record(0, "a", "ERROR", 0), record(1, "b", "ERROR", 90_000));
    StreamRead read = reader.read(all);
    List<EventCall> calls = reader.errors.atLeast(read, Level.WARN);
    group.put(calls.get(0));

    reader.put(read);

    assertThat(calls).hasSize(2);
    assertThat(logs.messages()).hasSize(2);
  }

  @Test
  void a_part_is_let_go_of_once_it_is_given_no_more() {
    WeakReference<StreamRead> part = new WeakReference<>(reader.read(List.of(late("a"))));
    reader.put(part.get());

    System.gc();

    assertThat(part.refersTo(null)).isTrue();
    reader.put(List.of(late("a")));
    assertThat(logs.messages()).hasSize(1);
  }

  @Test
  void so_are_the_events_of_what_is_done_though_it_may_be_given_again() {
    StreamRead part = reader.read(List.of(late("a")));
    List<EventCall> calls = reader.errors.atLeast(part, Level.WARN);

    calls.forEach(group::put);

    assertThat(calls).hasSize(1).allMatch(call -> call.events().isEmpty());
    assertThat(reader.errors.atLeast(part, Level.WARN)).isEmpty();
  }

  @Test
  void a_reader_that_is_gone_leaves_nothing_behind() {
    Errors errors = reader.errors;
    WeakReference<Object> ended = new WeakReference<>(shown(errors));

    System.gc();

    assertThat(ended.refersTo(null)).isTrue();
  }

  /** A window of copies of a reader that has read something. */
  private Object shown(Errors errors) {
    Reader another = new Reader(-1);
    errors.atLeast(another.read(List.of(late("a"))), Level.WARN).forEach(group::put);
    return another.window;
  }

  @Test
  void what_is_too_old_or_too_new_is_counted() {
    logs.reject(
        RejectedLogEventsInfo.builder()
            .tooOldLogEventEndIndex(1)
            .expiredLogEventEndIndex(2)
            .tooNewLogEventStartIndex(4)
            .build());

    reader.put(IntStream.range(0, 5).mapToObj(n -> record(n, "id" + n, "ERROR", n)).toList());

    assertThat(counts.refused(Refusal.OLD)).isEqualTo(2);
    assertThat(counts.refused(Refusal.NEW)).isEqualTo(1);
    assertThat(counts.put()).isEqualTo(2);
  }

  @Test
  void one_that_is_refused_for_what_it_is_keeps_no_other_out() {
    List<StreamRecord> all = new ArrayList<>();
    for (int n = 0; n < 9; n++) {
      all.add(record(n, n == 4 ? ScriptedLogs.POISON : "id" + n, "ERROR", n));
    }

    reader.put(all);

    assertThat(logs.messages()).hasSize(8).noneMatch(line -> line.contains(ScriptedLogs.POISON));
    assertThat(counts.refused(Refusal.INVALID)).isEqualTo(1);
    assertThat(counts.put()).isEqualTo(8);
  }

  @Test
  void one_that_was_refused_is_not_put_again_with_the_others() {
    // All of them, the one that is refused, and the rest, first without an answer.
    logs.answer();
    logs.answer();
    logs.plan(Fate.NOT_DONE, timeout);

    reader.put(List.of(record(0, ScriptedLogs.POISON, "ERROR", 0), record(1, "a", "ERROR", 1)));

    assertThat(logs.messages()).containsExactly(line("a", "ERROR"));
    assertThat(counts.refused(Refusal.INVALID)).isEqualTo(1);
  }

  @Test
  void a_group_that_is_missing_is_told_with_what_to_do() {
    logs.group = false;

    assertThatThrownBy(() -> reader.put(List.of(record(0, "a", "ERROR", 0))))
        .isInstanceOf(CloudException.class)
        .hasMessage(
            "The log group errors is missing: create it, or set ERRORS_LOG_GROUP to one that is there; errors wait on the stream until then");
  }

  @Test
  void a_group_that_is_missing_is_created_where_that_is_wanted() {
    logs.group = false;
    LogGroup creating = new LogGroup(logs, "errors", true, counts);

    reader
        .errors
        .atLeast(reader.read(List.of(record(0, "a", "ERROR", 0))), Level.WARN)
        .forEach(creating::put);

    assertThat(logs.messages()).hasSize(1);
    assertThat(logs.retention).containsExactly(7);
  }

  @Test
  void a_group_that_cannot_be_created_at_the_start_is_when_something_is_put() {
    logs.group = false;
    logs.unable = throttled;
    LogGroup creating = new LogGroup(logs, "errors", true, counts);
    creating.ensure();
    EventCall call =
        reader.errors.atLeast(reader.read(List.of(record(0, "a", "ERROR", 0))), Level.WARN).get(0);

    assertThatThrownBy(() -> creating.put(call))
        .isInstanceOf(CloudException.class)
        .hasMessageContaining("Rate exceeded");
    logs.unable = null;
    creating.put(call);

    assertThat(logs.messages()).hasSize(1);
    assertThat(logs.retention).containsExactly(7);
  }

  @Test
  void a_group_whose_retention_was_refused_takes_nothing_until_it_has_one() {
    logs.group = false;
    logs.unlimited = throttled;
    LogGroup refused = new LogGroup(logs, "errors", true, counts);
    refused.ensure();
    EventCall call =
        reader.errors.atLeast(reader.read(List.of(record(0, "a", "ERROR", 0))), Level.WARN).get(0);
    assertThatThrownBy(() -> refused.put(call)).isInstanceOf(CloudException.class);

    logs.unlimited = null;
    new LogGroup(logs, "errors", true, counts).ensure();

    assertThat(logs.messages()).isEmpty();
    assertThat(logs.retention).containsExactly(7);
  }

  @Test
  void a_group_that_has_a_retention_or_keeps_what_is_in_it_for_ever_is_left_as_it_is() {
    logs.storedBytes = 1;
    new LogGroup(logs, "errors", true, counts).ensure();
    logs.storedBytes = 0;
    logs.retention.add(30);
    new LogGroup(logs, "errors", true, counts).ensure();

    assertThat(logs.retention).containsExactly(30);
  }

  private static StreamRecord late(String id) {
    return new StreamRecord(position(0), NOW.plusSeconds(600), record(0, id, "ERROR", 0).record());
  }

  private static Position position(int number) {
    return new Position(Integer.toString(1_000 + number), 0);
  }

  private static StreamRecord record(int number, String id, String level, long seconds) {
    return new StreamRecord(
        position(number),
        NOW.minusSeconds(5),
        new LogRecord(ByteSlice.utf8(line(id, level)), "web", NOW.plusSeconds(seconds), id));
  }

  private static String line(String id, String level) {
    return "{\"id\":\"%s\", \"level\":\"%s\"}".formatted(id, level);
  }
}
