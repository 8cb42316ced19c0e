package routes.deadletter;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;
import routes.deadletter.DeadLetterService.ReplayResult;
import routes.json.ByteSlice;
import routes.record.FieldNames;
import routes.record.LogRecord;
import routes.record.Reason;
import routes.record.RecordEditor;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.record.Rejection;
import routes.signal.Signal;

/** A replay that is killed at any step, and one that meets another, lose nothing. */
class ReplayCrashTest {

  private enum Kind {
    ACCEPTABLE,
    STORED,
    HOPELESS,
    COPIED
  }

  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
  private static final Duration HIDDEN = Duration.ofSeconds(30);
  private static final RecordParsers PARSERS =
      new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, service -> null);

  private final ClaimChecks claimChecks = new ClaimChecks(new FakeS3(), "lake");
  private final List<String> published = new ArrayList<>();
  private final Set<String> acceptable = new HashSet<>();
  private final Set<String> hopeless = new HashSet<>();
  private FakeSqs sqs = new FakeSqs();

  @BeforeTry
  void start_anew() {
    sqs = new FakeSqs();
    published.clear();
    acceptable.clear();
    hopeless.clear();
  }

  @Property(tries = 150)
  void whenever_it_is_killed_every_record_is_published_and_every_other_letter_stays(
      @ForAll @Size(min = 1, max = 30) List<Kind> kinds,
      @ForAll @Size(max = 4) List<@IntRange(min = 1, max = 40) Integer> kills) {
    kinds.forEach(this::add);
    for (int step : kills) {
      sqs.killBefore(step);
      try {
        service(this::publish).replay(DeadLetterFilter.ALL, Patch.NONE, 1_000);
      } catch (FakeSqs.Killed killed) {
        sqs.pass(HIDDEN);
      }
    }
    sqs.killBefore(Integer.MAX_VALUE);

    ReplayResult last = service(this::publish).replay(DeadLetterFilter.ALL, Patch.NONE, 1_000);

    assertThat(last.complete()).isTrue();
    assertThat(last.stopped()).isNull();
    assertThat(Set.copyOf(published)).isEqualTo(acceptable);
    // Each kill comes between a publish and its delete at most once, which are of one receive.
    assertThat(published.size() - acceptable.size())
        .isLessThanOrEqualTo(kills.size() * DeadLetterQueue.AT_ONCE);
    assertThat(sqs.bodies().stream().map(DeadLetter::parse).map(DeadLetter::id).collect(toSet()))
        .isEqualTo(hopeless);
    assertThat(sqs.visible()).isEqualTo(sqs.bodies().size());
  }

  @Property(tries = 150)
  void two_at_once_share_the_work(@ForAll @Size(min = 1, max = 30) List<Kind> kinds) {
    kinds.forEach(this::add);
    DeadLetterService second = service(this::publish);
    List<ReplayResult> results = new ArrayList<>();
    DeadLetterService first =
        service(
            records -> {
              results.add(second.replay(DeadLetterFilter.ALL, Patch.NONE, 1_000));
              publish(records);
            });

    results.add(first.replay(DeadLetterFilter.ALL, Patch.NONE, 1_000));

    assertThat(Set.copyOf(published)).isEqualTo(acceptable);
    assertThat(results.stream().mapToInt(ReplayResult::replayed).sum()).isEqualTo(published.size());
    assertThat(sqs.bodies().stream().map(DeadLetter::parse).map(DeadLetter::id).collect(toSet()))
        .isEqualTo(hopeless);
  }

  @Example
  void who_is_overtaken_publishes_a_copy_of_the_same_id() {
    add(Kind.ACCEPTABLE);
    DeadLetterService second = service(this::publish);
    DeadLetterService first =
        service(
            records -> {
              sqs.pass(HIDDEN);
              second.replay(DeadLetterFilter.ALL, Patch.NONE, 1_000);
              publish(records);
            });

    first.replay(DeadLetterFilter.ALL, Patch.NONE, 1_000);

    assertThat(published).hasSize(2).containsOnly(acceptable.iterator().next());
    assertThat(sqs.bodies()).isEmpty();
  }

  private DeadLetterService service(Consumer<List<LogRecord>> publish) {
    return new DeadLetterService(
        new DeadLetterQueue(sqs, "dlq", Runnable::run),
        claimChecks,
        PARSERS,
        new RecordEditor(FieldNames.DEFAULT, RecordLimits.DEFAULT),
        publish,
        Clock.fixed(NOW, ZoneOffset.UTC),
        Runnable::run);
  }

  private void publish(List<LogRecord> records) {
    sqs.step();
    records.forEach(record -> published.add(String.valueOf(record.id())));
  }

  private void add(Kind kind) {
    String record =
        switch (kind) {
          case ACCEPTABLE, COPIED -> "{\"service\":\"a\",\"timestamp\":\"%s\"}".formatted(NOW);
          case STORED ->
              "{\"service\":\"a\",\"timestamp\":\"%s\",\"m\":\"%s\"}"
                  .formatted(NOW, "\\\\".repeat(16_384));
          case HOPELESS -> "no record";
        };
    int line = acceptable.size() + hopeless.size();
    String letter =
        new DeadLetters(claimChecks, PARSERS.of(Signal.LOGS), 64 * 1024)
            .message(
                DeadLetter.of(
                    new Original.InMemory(ByteSlice.utf8(record)),
                    new Rejection(Reason.NOT_JSON, "no"),
                    "ingest-files",
                    new Source.File("a.jsonl", "2026-11-20T08:00:00Z", 0, line),
                    null,
                    NOW,
                    1,
                    Signal.LOGS));
    sqs.add(letter);
    if (kind == Kind.COPIED) {
      sqs.add(letter);
    }
    (kind == Kind.HOPELESS ? hopeless : acceptable).add(DeadLetter.parse(letter).id());
  }
}
