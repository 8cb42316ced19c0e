package routes.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static routes.deadletter.DeadLetterService.MAX_AGE;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import routes.deadletter.DeadLetterService.DiscardResult;
import routes.deadletter.DeadLetterService.ReplayResult;
import routes.json.ByteSlice;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.LogRecord;
import routes.record.Reason;
import routes.record.RecordEditor;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.record.Rejection;
import routes.signal.Signal;
import software.amazon.awssdk.services.sqs.model.SqsException;

class DeadLetterServiceTest {

  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
  private static final Patch BOTH = new Patch("checkout", NOW);
  private static final int MANY = 1_000;
  private static final RecordParsers PARSERS =
      new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);

  private final FakeSqs sqs = new FakeSqs();
  private final FakeS3 s3 = new FakeS3();
  private final ClaimChecks claimChecks = new ClaimChecks(s3, "lake");
  private final DeadLetters letters = new DeadLetters(claimChecks, PARSERS.of(Signal.LOGS));
  private final List<String> published = new ArrayList<>();
  private final DeadLetterService service = service(Runnable::run);
  private @Nullable RuntimeException failure;

  private DeadLetterService service(Executor looks) {
    return service(new DeadLetterQueue(sqs, "dlq", Runnable::run), looks);
  }

  private DeadLetterService service(DeadLetterQueue queue, Executor looks) {
    return new DeadLetterService(
        queue,
        claimChecks,
        PARSERS,
        new RecordEditor(FieldNames.DEFAULT, RecordLimits.DEFAULT),
        this::publish,
        Clock.fixed(NOW, ZoneOffset.UTC),
        looks);
  }

  private void publish(List<LogRecord> records) {
    sqs.step();
    if (failure != null) {
      throw failure;
    }
    records.forEach(record -> published.add(record.line().toString()));
  }

  @Test
  void what_has_become_acceptable_is_published_and_leaves_the_queue() {
    String id = add("{\"service\":\"a\",\"timestamp\":\"2026-11-20T08:00:00Z\"}", Reason.TOO_DEEP);

    assertThat(service.replay(DeadLetterFilter.ALL, Patch.NONE, MANY))
        .isEqualTo(new ReplayResult(1, 0, 0, 0, 1, true, null));

    assertThat(published)
        .containsExactly(
            "{\"service\":\"a\",\"timestamp\":\"2026-11-20T08:00:00Z\",\"replayed\":1,\"ingest_id\":\"%s\"}"
                .formatted(id));
    assertThat(sqs.bodies()).isEmpty();
  }

  @Test
  void a_correction_is_written_only_where_it_is_what_was_wrong() {
    add("{\"service\":\"a\",\"timestamp\":\"soon\",\"record_id\":\"1\"}", Reason.BAD_TIMESTAMP);
    add("{\"timestamp\":\"2026-11-20T08:00:00Z\",\"record_id\":\"2\"}", Reason.NO_SERVICE);
    add("{\"record_id\":\"3\"}", Reason.NO_SERVICE);
    add("{\"app\":7,\"ts\":\"2026-11-20T08:00:00Z\",\"record_id\":\"4\"}", Reason.BAD_SERVICE);
    add(
        "{\"time\":\"12ms\",\"ts\":1795000000,\"app\":\"a\",\"record_id\":5}",
        Reason.BAD_TIMESTAMP);
    add("no record", Reason.NOT_JSON);

    assertThat(service.replay(DeadLetterFilter.ALL, BOTH, MANY))
        .isEqualTo(new ReplayResult(5, 1, 0, 0, 7, true, null));

    assertThat(published)
        .containsExactly(
            "{\"service\":\"a\",\"timestamp\":\"2026-11-20T09:00:00Z\",\"record_id\":\"1\",\"replayed\":1}",
            "{\"timestamp\":\"2026-11-20T08:00:00Z\",\"record_id\":\"2\",\"service\":\"checkout\",\"replayed\":1}",
            "{\"record_id\":\"3\",\"service\":\"checkout\",\"timestamp\":\"2026-11-20T09:00:00Z\",\"replayed\":1}",
            "{\"app\":7,\"ts\":\"2026-11-20T08:00:00Z\",\"record_id\":\"4\",\"service\":\"checkout\","
                + "\"replayed\":1,\"timestamp\":\"2026-11-20T08:00:00Z\"}",
            "{\"time\":\"12ms\",\"ts\":1795000000,\"app\":\"a\",\"record_id\":5,"
                + "\"timestamp\":\"2026-11-20T09:00:00Z\",\"replayed\":1,\"service\":\"a\"}");
    assertThat(onQueue()).extracting(DeadLetter::attempts).containsExactly(2);
  }

  @Test
  void the_service_it_was_sent_for_is_remembered() {
    DeadLetter sent =
        DeadLetter.of(
            new Original.InMemory(ByteSlice.utf8("{\"record_id\":\"1\"}")),
            new Rejection(Reason.NO_TIMESTAMP, ""),
            "ingest",
            new Source.Http("::1", "/api/ingest", "1", 0),
            "checkout",
            NOW,
            1,
            Signal.LOGS);
    sqs.add(letters.message(sent));

    service.replay(DeadLetterFilter.ALL, new Patch(null, NOW), MANY);

    assertThat(published)
        .containsExactly(
            "{\"record_id\":\"1\",\"timestamp\":\"2026-11-20T09:00:00Z\",\"replayed\":1,\"service\":\"checkout\"}");
  }

  @Test
  void what_is_still_no_record_stays_once_with_its_bytes_and_one_attempt_more() {
    String id = add("{\"service\":\"a\"}", Reason.BAD_SERVICE);

    service.replay(DeadLetterFilter.ALL, Patch.NONE, MANY);
    assertThat(service.replay(DeadLetterFilter.ALL, Patch.NONE, MANY))
        .isEqualTo(new ReplayResult(0, 1, 0, 0, 2, true, null));

    assertThat(published).isEmpty();
    assertThat(onQueue())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.id()).isEqualTo(id);
              assertThat(letter.reason()).isEqualTo("no-timestamp");
              assertThat(letter.attempts()).isEqualTo(3);
              assertThat(letter.content())
                  .isEqualTo(new Original.InMemory(ByteSlice.utf8("{\"service\":\"a\"}")));
            });
    assertThat(sqs.visible()).isEqualTo(1);
  }

  @Test
  void copies_of_a_letter_are_one_letter() {
    String letter = letter("{\"service\":\"a\"}", Reason.NO_TIMESTAMP, 1);
    sqs.add(letter);
    IntStream.range(2, 30).forEach(n -> sqs.add(letter("{\"n\":" + n + "}", Reason.NO_SERVICE, n)));
    sqs.add(letter);

    assertThat(list(DeadLetterFilter.ALL, MANY).letters())
        .hasSize(29)
        .filteredOn(listed -> listed.copies() == 2)
        .extracting(listed -> listed.letter().toJson())
        .containsExactly(letter);
    assertThat(service.replay(DeadLetterFilter.ALL, BOTH, MANY).replayed()).isEqualTo(29);
    assertThat(published).hasSize(29);
    assertThat(sqs.bodies()).isEmpty();
  }

  @Test
  void a_letter_that_was_tried_again_supersedes_its_copies() {
    String letter = letter("no record", Reason.NOT_JSON, 1);
    sqs.add(letter);
    sqs.add(letters.again(DeadLetter.parse(letter), new Rejection(Reason.NOT_JSON, "still")));

    assertThat(list(DeadLetterFilter.ALL, MANY).letters())
        .singleElement()
        .satisfies(listed -> assertThat(listed.letter().attempts()).isEqualTo(2));
    service.replay(DeadLetterFilter.ALL, Patch.NONE, MANY);

    assertThat(onQueue()).extracting(DeadLetter::attempts).containsOnly(2);
  }

  @Test
  void a_letter_is_left_on_the_queue_until_kinesis_has_its_record() {
    add("{\"service\":\"a\"}", Reason.NO_TIMESTAMP);
    failure = new IllegalStateException("Kinesis is away");

    assertThat(service.replay(DeadLetterFilter.ALL, BOTH, MANY))
        .isEqualTo(new ReplayResult(0, 0, 0, 0, 1, false, "Kinesis is away"));

    assertThat(onQueue()).extracting(DeadLetter::attempts).containsExactly(1);
    assertThat(sqs.visible()).isEqualTo(1);
  }

  @Test
  void what_sqs_does_not_delete_is_told() {
    add("{\"service\":\"a\"}", Reason.NO_TIMESTAMP);
    add("{\"service\":\"b\"}", Reason.NO_TIMESTAMP);
    sqs.keepAll();

    assertThat(service.replay(DeadLetterFilter.ALL, BOTH, MANY).notRemoved()).isEqualTo(2);
    assertThat(service.discard(DeadLetterFilter.ALL, MANY))
        .isEqualTo(new DiscardResult(0, 2, 2, true, null));
  }

  @Test
  void while_the_queue_is_away_nothing_is_claimed() {
    add("{\"service\":\"a\"}", Reason.NO_TIMESTAMP);
    sqs.goAway();

    assertThat(service.replay(DeadLetterFilter.ALL, BOTH, MANY).stopped()).contains("away");
    assertThat(service.discard(DeadLetterFilter.ALL, MANY).stopped()).contains("away");
    assertThatThrownBy(() -> list(DeadLetterFilter.ALL, MANY)).isInstanceOf(SqsException.class);
    assertThat(published).isEmpty();
    assertThat(sqs.bodies()).hasSize(1);
  }

  @Test
  void a_filter_takes_those_that_fit_all_it_names_and_shows_the_others_again() {
    String id = add("{\"service\":\"a\"}", Reason.NO_TIMESTAMP);
    add("{\"service\":\"a\",\"n\":1}", Reason.BAD_TIMESTAMP);
    add("{\"service\":\"b\"}", Reason.NO_TIMESTAMP);

    DeadLetterFilter filter =
        new DeadLetterFilter(
            Set.of(), Set.of("no-timestamp", "no-service"), "a", NOW, NOW.plusNanos(1));

    assertThat(list(filter, MANY).letters())
        .extracting(listed -> listed.letter().id())
        .containsExactly(id);
    assertThat(service.discard(filter, MANY)).isEqualTo(new DiscardResult(1, 0, 3, true, null));
    assertThat(sqs.visible()).isEqualTo(2);
    assertThat(
            service
                .discard(
                    new DeadLetterFilter(Set.of(id), Set.of(), null, NOW.minusSeconds(1), NOW),
                    MANY)
                .discarded())
        .isZero();
  }

  @Test
  void a_limit_ends_it_early_and_says_so() {
    IntStream.range(0, 25)
        .forEach(n -> add("{\"service\":\"a\",\"n\":" + n + "}", Reason.NO_TIMESTAMP));

    DeadLetterList list = list(DeadLetterFilter.ALL, 12);
    assertThat(list.letters()).hasSize(12);
    assertThat(list.complete()).isTrue();
    assertThat(list.found()).isEqualTo(25);
    assertThat(list.queue()).isEqualTo(new DeadLetterQueue.Depth(25, 0));
    assertThat(sqs.visible()).isEqualTo(25);

    assertThat(service.replay(DeadLetterFilter.ALL, BOTH, 13))
        .isEqualTo(new ReplayResult(13, 0, 0, 0, 13, false, null));
    assertThat(service.discard(DeadLetterFilter.ALL, 2))
        .isEqualTo(new DiscardResult(2, 0, 2, false, null));
    assertThat(sqs.bodies()).hasSize(10);
    assertThat(sqs.visible()).isEqualTo(10);
  }

  @Test
  void more_than_one_scan_sees_are_replayed_and_those_that_stay_are_tried_once() {
    int many = QueueScan.MAX_MESSAGES + 50;
    IntStream.range(0, 100).forEach(n -> add("no record " + n, Reason.NOT_JSON));
    IntStream.range(0, many).forEach(n -> add("{\"service\":\"a\"}", Reason.NO_TIMESTAMP));
    List<ReplayResult> told = new ArrayList<>();

    ReplayResult result = service.replay(DeadLetterFilter.ALL, BOTH, 2 * many, told::add);

    assertThat(result.replayed()).isEqualTo(many);
    assertThat(result.invalid()).isEqualTo(100);
    assertThat(result.complete()).isTrue();
    assertThat(told)
        .extracting(ReplayResult::replayed)
        .isSorted()
        .contains(0)
        .anyMatch(replayed -> replayed > QueueScan.MAX_MESSAGES / 2 && replayed < many);
    assertThat(onQueue()).hasSize(100).extracting(DeadLetter::attempts).containsOnly(2);
  }

  @Test
  void what_nobody_waits_for_any_more_ends_early() {
    IntStream.range(0, 200).forEach(n -> add("{\"service\":\"a\"}", Reason.NO_TIMESTAMP));

    ReplayResult replayed =
        service.replay(DeadLetterFilter.ALL, BOTH, MANY, soFar -> soFar.replayed() < 50);
    assertThat(replayed.replayed()).isBetween(50, 150);
    assertThat(replayed.complete()).isFalse();

    DiscardResult discarded =
        service.discard(DeadLetterFilter.ALL, MANY, soFar -> soFar.discarded() < 10);
    assertThat(discarded.discarded()).isBetween(10, 60);
    assertThat(sqs.bodies()).hasSize(200 - replayed.replayed() - discarded.discarded());
    assertThat(sqs.visible()).isEqualTo(sqs.bodies().size());
  }

  @Test
  void a_list_has_the_latest_of_all_and_counts_them_by_reason_and_service() {
    IntStream.range(0, 15)
        .forEach(n -> addAt(NOW.plusSeconds((n * 7) % 15), n % 3 == 0 ? "a" : "b"));

    DeadLetterList list = list(DeadLetterFilter.ALL, 2);

    assertThat(list.letters())
        .extracting(listed -> listed.letter().at())
        .containsExactly(NOW.plusSeconds(14), NOW.plusSeconds(13));
    assertThat(list.byReason()).containsExactly(entry("no-timestamp", 15));
    assertThat(list.byService()).containsExactly(entry("a", 5), entry("b", 10));
  }

  @Test
  void what_waits_is_told_with_the_age_of_the_oldest_until_it_is_gone() {
    assertThat(service.waiting()).isEqualTo(new DeadLetterService.Waiting(0, null));
    addAt(NOW.minusSeconds(60), "a");
    addAt(NOW, "a");

    assertThat(service.waiting()).isEqualTo(new DeadLetterService.Waiting(2, NOW.minusSeconds(60)));
    assertThat(sqs.visible()).isEqualTo(2);
    service.discard(DeadLetterFilter.ALL, MANY);
    assertThat(service.waiting()).isEqualTo(new DeadLetterService.Waiting(0, null));
  }

  @Test
  void a_list_shows_the_beginning_of_long_records() {
    add("x" + "é".repeat(600), Reason.NOT_JSON);

    assertThat(list(DeadLetterFilter.ALL, MANY).letters())
        .singleElement()
        .satisfies(
            listed -> {
              assertThat(listed.bytes()).isEqualTo(1_201);
              assertThat(listed.letter().content())
                  .isEqualTo(new Original.InMemory(ByteSlice.utf8("x" + "é".repeat(511))));
            });
    assertThat(service.whole(DeadLetterFilter.ALL, MANY).letters())
        .extracting(listed -> listed.letter().content().size())
        .containsExactly(1_201L);
  }

  @Test
  void a_look_that_goes_on_answers_with_what_it_has_seen_and_its_end_is_kept_for_others() {
    List<Runnable> looks = new ArrayList<>();
    DeadLetterService patient = service(looks::add);
    add("{\"service\":\"a\"}", Reason.NO_TIMESTAMP);

    DeadLetterList first =
        patient.list(DeadLetterFilter.ALL, 0, MANY, Duration.ZERO, Duration.ZERO);
    assertThat(first.looking()).isTrue();
    assertThat(first.letters()).isEmpty();
    patient.list(DeadLetterFilter.ALL, 0, MANY, Duration.ZERO, Duration.ZERO);
    assertThat(looks).as("looks that were begun").hasSize(1);
    looks.get(0).run();
    sqs.goAway();

    DeadLetterList seen = patient.list(DeadLetterFilter.ALL, 0, MANY, MAX_AGE, Duration.ZERO);
    assertThat(seen.looking()).isFalse();
    assertThat(seen.complete()).isTrue();
    assertThat(seen.letters()).hasSize(1);
    patient.list(DeadLetterFilter.ALL, 0, MANY, Duration.ZERO, Duration.ZERO);
    looks.get(1).run();
    patient.list(DeadLetterFilter.ALL, 0, MANY, MAX_AGE, Duration.ZERO);
    assertThat(looks).as("a look that has failed does not do").hasSize(3);
  }

  @Test
  void a_look_that_broke_is_followed_by_another() {
    add("{\"service\":\"a\"}", Reason.NO_TIMESTAMP);
    sqs.killBefore(1);
    assertThatThrownBy(() -> list(DeadLetterFilter.ALL, MANY)).isInstanceOf(FakeSqs.Killed.class);

    sqs.killBefore(Integer.MAX_VALUE);
    assertThat(list(DeadLetterFilter.ALL, MANY).letters()).hasSize(1);
  }

  @Test
  void what_was_seen_is_looked_at_anew_after_a_change() {
    add("{\"service\":\"a\"}", Reason.NO_TIMESTAMP);
    add("{\"service\":\"b\"}", Reason.NO_SERVICE);
    assertThat(service.list(DeadLetterFilter.ALL, 0, MANY, MAX_AGE, Duration.ZERO).found())
        .isEqualTo(2);

    service.discard(new DeadLetterFilter(Set.of(), Set.of("no-service"), null, null, null), MANY);

    assertThat(service.list(DeadLetterFilter.ALL, 0, MANY, MAX_AGE, Duration.ZERO).byService())
        .containsExactly(entry("a", 1));
  }

  @Test
  void thousands_are_all_seen_by_several_calls_at_once_and_given_back() throws Exception {
    IntStream.range(0, 3_333).forEach(n -> addAt(NOW.minusSeconds((n * 7L) % 3_333), "s" + n % 3));
    ExecutorService calls = Executors.newFixedThreadPool(DeadLetterQueue.CALLS_AT_ONCE);
    ExecutorService looks = Executors.newSingleThreadExecutor();
    try {
      DeadLetterService quick = service(new DeadLetterQueue(sqs, "dlq", calls), looks);
      List<Instant> pages = new ArrayList<>();
      for (int offset = 0; offset < 4_000; offset += MANY) {
        DeadLetterList page =
            quick.list(DeadLetterFilter.ALL, offset, MANY, MAX_AGE, Duration.ofMinutes(1));
        assertThat(page.found()).isEqualTo(3_333);
        assertThat(page.complete()).isTrue();
        assertThat(page.byService()).containsOnlyKeys("s0", "s1", "s2").containsValue(1_111);
        page.letters().forEach(item -> pages.add(item.letter().at()));
      }
      assertThat(pages)
          .containsExactlyElementsOf(
              IntStream.range(0, 3_333).mapToObj(NOW::minusSeconds).toList());
    } finally {
      looks.shutdown();
      assertThat(looks.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      calls.shutdown();
    }
    assertThat(sqs.visible()).isEqualTo(3_333);
  }

  @Test
  void of_two_who_look_at_once_none_claims_to_have_seen_all_that_the_other_holds()
      throws Exception {
    IntStream.range(0, 500).forEach(n -> addAt(NOW.minusSeconds(n), "a"));
    DeadLetterService second = service(Runnable::run);
    List<DeadLetterList> lists = new ArrayList<>();
    sqs.beforeReceive(
        3, () -> lists.add(second.list(DeadLetterFilter.ALL, 0, MANY, Duration.ZERO, MAX_AGE)));

    lists.add(list(DeadLetterFilter.ALL, MANY));

    assertThat(lists).extracting(DeadLetterList::complete).containsExactly(false, true);
    assertThat(lists).extracting(DeadLetterList::found).containsExactly(480, 500);
    assertThat(sqs.visible()).isEqualTo(500);
  }

  @Test
  void a_look_gives_way_to_a_replay() throws Exception {
    List<String> ids =
        IntStream.range(0, 200)
            .mapToObj(n -> add("{\"service\":\"a\",\"n\":" + n + "}", Reason.NO_TIMESTAMP))
            .toList();
    List<ReplayResult> results = new ArrayList<>();
    Thread replay = new Thread(() -> results.add(service.replay(DeadLetterFilter.ALL, BOTH, MANY)));
    sqs.beforeReceive(
        3,
        () -> {
          replay.start();
          while (replay.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
        });

    DeadLetterList begun = list(DeadLetterFilter.ALL, MANY);
    replay.join();

    assertThat(begun.complete()).isFalse();
    assertThat(begun.looking()).isFalse();
    assertThat(begun.scanned()).isLessThan(200);
    assertThat(results).containsExactly(new ReplayResult(200, 0, 0, 0, 200, true, null));
    assertThat(published)
        .hasSize(200)
        .allSatisfy(record -> assertThat(ids).anyMatch(record::contains))
        .doesNotHaveDuplicates();
  }

  @Test
  void stored_bytes_are_fetched_for_a_replay_and_deleted_after_it() {
    String record =
        "{\"service\":\"a\",\"record_id\":\"1\",\"m\":\"%s\"}".formatted("\\u00e9".repeat(150_000));
    add(record, Reason.NO_TIMESTAMP);
    add("no record" + "\"".repeat(900_000), Reason.NOT_JSON);
    assertThat(s3.objects()).hasSize(2);

    assertThat(service.replay(DeadLetterFilter.ALL, BOTH, MANY))
        .isEqualTo(new ReplayResult(1, 1, 0, 0, 3, true, null));

    assertThat(published)
        .containsExactly(
            record.substring(0, record.length() - 1)
                + ",\"timestamp\":\"2026-11-20T09:00:00Z\",\"replayed\":1}");
    assertThat(s3.objects()).hasSize(1);
    assertThat(service.discard(DeadLetterFilter.ALL, MANY).discarded()).isEqualTo(1);
    assertThat(s3.objects()).isEmpty();
  }

  @Test
  void bytes_longer_than_any_record_are_not_even_fetched() {
    add("x".repeat(2 << 20), Reason.TOO_LARGE);
    s3.objects().clear();

    assertThat(service.replay(DeadLetterFilter.ALL, BOTH, MANY).invalid()).isEqualTo(1);
  }

  @Test
  void a_letter_whose_bytes_are_gone_stays_until_it_is_discarded() {
    add("\"".repeat(900_000), Reason.NOT_JSON);
    s3.objects().clear();

    assertThat(service.replay(DeadLetterFilter.ALL, BOTH, MANY))
        .isEqualTo(new ReplayResult(0, 0, 1, 0, 1, true, null));
    assertThat(onQueue()).extracting(DeadLetter::attempts).containsExactly(1);
    assertThat(service.discard(DeadLetterFilter.ALL, MANY).discarded()).isEqualTo(1);
  }

  @Test
  void a_message_that_is_no_dead_letter_is_taken_for_a_record() {
    sqs.add("{\"service\":\"a\",\"timestamp\":\"2026-11-20T08:00:00Z\",\"record_id\":\"1\"}");
    sqs.add("a note");

    assertThat(list(DeadLetterFilter.ALL, MANY).letters())
        .extracting(listed -> listed.letter().reason())
        .containsExactly("not-a-dead-letter", "not-a-dead-letter");
    assertThat(service.replay(DeadLetterFilter.ALL, BOTH, MANY))
        .isEqualTo(new ReplayResult(1, 1, 0, 0, 3, true, null));
    assertThat(onQueue())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).isEqualTo("not-an-object");
              assertThat(letter.source()).isInstanceOf(Source.Message.class);
              assertThat(letter.content())
                  .isEqualTo(new Original.InMemory(ByteSlice.utf8("a note")));
            });
  }

  @Test
  void a_letter_that_somebody_else_holds_comes_up_again_when_its_time_is_over() {
    add("{\"service\":\"a\"}", Reason.NO_TIMESTAMP);
    new DeadLetterQueue(sqs, "dlq", Runnable::run).receive(10, Duration.ofSeconds(30));

    assertThat(service.replay(DeadLetterFilter.ALL, BOTH, MANY).scanned()).isZero();
    sqs.pass(Duration.ofSeconds(30));
    assertThat(service.replay(DeadLetterFilter.ALL, BOTH, MANY).replayed()).isEqualTo(1);
  }

  @Test
  void a_correction_that_mends_nothing_is_refused_before_any_letter_is_touched() {
    assertThat(service.objection(BOTH)).isEmpty();
    assertThat(service.objection(Patch.NONE)).isEmpty();
    assertThat(service.objection(new Patch(" ", null))).hasValueSatisfying(has("is blank"));
    assertThat(service.objection(new Patch("\ud800", null)))
        .hasValueSatisfying(has("half a surrogate pair"));
    assertThat(service.objection(new Patch(null, Instant.EPOCH.minusSeconds(1))))
        .hasValueSatisfying(has("is before 1970"));
    assertThat(service.objection(new Patch(null, NOW.plusSeconds(86_401))))
        .hasValueSatisfying(has("after the record's arrival"));
  }

  /** What a look that begins now sees. */
  private DeadLetterList list(DeadLetterFilter filter, int limit) {
    return service.list(filter, 0, limit, Duration.ZERO, Duration.ZERO);
  }

  private static Consumer<String> has(String part) {
    return text -> assertThat(text).contains(part);
  }

  private String add(String record, Reason reason) {
    String letter = letter(record, reason, sqs.bodies().size());
    sqs.add(letter);
    return DeadLetter.parse(letter).id();
  }

  private void addAt(Instant at, String service) {
    sqs.add(letter("{\"service\":\"%s\"}".formatted(service), Reason.NO_TIMESTAMP, 0, at));
  }

  private String letter(String record, Reason reason, int line) {
    return letter(record, reason, line, NOW);
  }

  private String letter(String record, Reason reason, int line, Instant at) {
    return letters.message(
        DeadLetter.of(
            new Original.InMemory(ByteSlice.utf8(record)),
            new Rejection(reason, "no"),
            "ingest-files",
            new Source.File("a.jsonl", at.toString(), 0, line),
            null,
            at,
            1,
            Signal.LOGS));
  }

  private List<DeadLetter> onQueue() {
    return sqs.bodies().stream().map(DeadLetter::parse).toList();
  }
}
