package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import routes.LakeReaders;
import routes.Settings;
import routes.audit.AuditCommand;
import routes.audit.StandingAudits;
import routes.deadletter.DeadLetter;
import routes.partition.RecordPart;
import routes.signal.Layer;
import routes.signal.Signal;

/** What must hold when all is over, whatever has happened. */
abstract class Aftermath {

  private static final Duration DRAINED_WITHIN = Duration.ofMinutes(5);

  /** What the dice were thrown with, to be named where something does not hold. */
  static final long SEED = Long.getLong("faults.seed", new Random().nextLong());

  abstract Outcome outcome();

  @Test
  void what_was_acknowledged_is_in_the_lake() {
    assertThat(outcome().lakes())
        .as("seed %d", SEED)
        .allSatisfy(
            (layer, lake) -> {
              Set<String> stored = lake.stream().map(Stored::number).collect(toSet());
              assertThat(outcome().sent().acknowledged()).allMatch(stored::contains);
            });
  }

  @Test
  void what_is_in_the_lake_is_there_once() {
    assertThat(outcome().lakes())
        .as("seed %d", SEED)
        .allSatisfy(
            (layer, lake) -> {
              Map<String, Long> twice = new TreeMap<>(countBy(lake, Stored::number));
              twice.values().removeIf(times -> times == 1);
              assertThat(twice).isEmpty();
            });
  }

  @Test
  void what_is_in_the_lake_is_never_written_again() {
    assertThat(outcome().storedAgain()).as("seed %d", SEED).isZero();
  }

  @Test
  void what_is_in_the_lake_was_sent_just_so() {
    Map<String, Line> sent = outcome().sent().sent();
    assertThat(all())
        .as("seed %d", SEED)
        .allSatisfy(
            stored -> assertThat(stored.json()).startsWith(open(sent.get(stored.number()))));
  }

  @Test
  void every_record_is_in_its_hour() {
    Map<String, Line> sent = outcome().sent().sent();
    assertThat(all())
        .as("seed %d", SEED)
        .allSatisfy(
            stored ->
                assertThat(stored.partition()).isEqualTo(sent.get(stored.number()).partition()));
  }

  @Test
  void the_dead_letters_are_the_poison_by_its_signal() {
    SentPoison poison = outcome().poison();
    assertThat(
            outcome().deadLetters().stream()
                .collect(toMap(poison::foreseenId, DeadLetter::signal, (one, copy) -> one)))
        .as("seed %d", SEED)
        .isEqualTo(poison.signals());
    assertThat(outcome().deadLetters().stream().map(DeadLetter::id).collect(toSet()))
        .as("seed %d", SEED)
        .hasSameSizeAs(poison.signals().keySet());
  }

  @Test
  void no_process_ended_by_itself() {
    assertThat(outcome().unexpectedExits()).as("seed %d", SEED).isEmpty();
  }

  @Test
  void the_audit_finds_everything_accounted_for() {
    assertThat(outcome().audit())
        .as("seed %d", SEED)
        .contains("All accounted for")
        .doesNotContain("NOT ALL ACCOUNTED FOR");
  }

  @Test
  void the_standing_audit_has_counted_and_found_nothing_amiss() {
    assertThat(outcome().standingAudit()).as("seed %d", SEED).isEmpty();
  }

  @Test
  void every_layer_has_the_same() {
    assertThat(outcome().lakes().keySet()).containsExactlyInAnyOrderElementsOf(Stage.layers());
    Set<Set<String>> contents =
        outcome().lakes().values().stream()
            .map(lake -> lake.stream().map(Stored::json).collect(toSet()))
            .collect(toSet());
    assertThat(contents).as("seed %d", SEED).hasSize(1);
  }

  private List<Stored> all() {
    return outcome().lakes().values().stream().flatMap(List::stream).toList();
  }

  private static String audit(Stage stage) throws InterruptedException {
    Settings settings = stage.settings();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new AuditCommand(
            settings.resources(),
            new RecordPart(settings.records()).streamParsers(),
            settings.delivery().dedupeWindow())
        .run(List.of(), stage.kinesis(), stage.clients().s3(), new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  /** What has become of everything that was sent, once nothing is under way any more. */
  static Outcome outcome(Stage stage, SentRecords sent, SentPoison poison, Tally tally)
      throws IOException, InterruptedException {
    Map<Layer, List<Stored>> lakes = new EnumMap<>(Layer.class);
    for (Layer layer : Stage.layers()) {
      LakeReader reader = new LakeReader(stage.clients().s3(), layer);
      lakes.put(layer, reader.read());
      tally.add("objects in the " + layer.word() + " lake", reader.objects());
    }
    Outcome outcome =
        new Outcome(
            sent,
            poison,
            lakes,
            tally.of(FaultProxy.STORED_AGAIN),
            stage.shards().read(),
            DeadLetterQueue.read(stage.clients().sqs(), stage.queueUrl()),
            stage.unexpectedExits(),
            audit(stage),
            StandingAudits.run(stage.clients().s3(), stage.settings().resources()));
    for (Map.Entry<Layer, List<Stored>> lake : lakes.entrySet()) {
      for (Signal signal : Signal.values()) {
        String folder = Stage.bucket(signal) + "/";
        long rows = lake.getValue().stream().filter(line -> line.key().startsWith(folder)).count();
        LakeReaders.assertReadable(stage.clients().s3(), Stage.bucket(lake.getKey(), signal), rows);
      }
      tally.add("records in the " + lake.getKey().word() + " lake", lake.getValue().size());
    }
    tally.add("records sent", sent.sent().size());
    tally.add("records on the stream", outcome.onStream().size());
    tally.add("poison sent", poison.signals().size());
    tally.add("dead letters, copies included", outcome.deadLetters().size());
    return outcome;
  }

  /** Waits until whatever was put on the stream has been read and whatever was sent is there. */
  static void drain(Stage stage, SentRecords sent) {
    await("the inbox is empty").atMost(DRAINED_WITHIN).until(() -> files(stage.inbox()).isEmpty());
    for (Signal signal : Signal.values()) {
      Shards shards = stage.shards(signal);
      List<Line> last =
          new Lines(signal, "last-" + signal.word(), new Random(SEED))
              .withoutId(shards.open().size());
      if (signal == Signal.LOGS || !shards.read().isEmpty()) {
        sent.sending(last);
        shards.putOnEach(last.stream().map(Line::json).toList());
        sent.acknowledged(last);
      }
    }
    Set<String> acknowledged = sent.acknowledged();
    for (Layer layer : Stage.layers()) {
      LakeReader lake = new LakeReader(stage.clients().s3(), layer);
      await("all is in the " + layer.word() + " lake")
          .atMost(DRAINED_WITHIN)
          .pollInterval(Duration.ofSeconds(2))
          .until(() -> lake.numbers().containsAll(acknowledged));
    }
  }

  private static List<String> files(Path directory) {
    String[] files = directory.toFile().list((File in, String name) -> name.endsWith(".jsonl"));
    return List.of(files);
  }

  /** The record up to its closing brace, before which intake puts what is missing. */
  private static String open(Line line) {
    return line.json().substring(0, line.json().length() - 1);
  }

  private static <T> Map<String, Long> countBy(List<T> items, Function<T, String> name) {
    return items.stream().collect(groupingBy(name, counting()));
  }
}
