package routes.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import routes.deadletter.ClaimChecks;
import routes.deadletter.DeadLetter;
import routes.deadletter.DeadLetters;

/**
 * The packaged application in a storm: killed, paused, cut off and resharded under load. What it
 * promises must hold when the storm is over.
 *
 * <p>{@code -Dfaults.seed=N} takes the rounds, the records and the dice of an earlier run; what
 * meets what is up to the machine. {@code -Dfaults.minutes=N} lets it go on for so long.
 */
class FaultsIT {

  private static final int ROUNDS = 10;
  private static final Duration DRAINED_WITHIN = Duration.ofMinutes(5);
  private static final long SEED = Long.getLong("faults.seed", new Random().nextLong());
  private static final Tally TALLY = new Tally();

  private static Outcome outcome;

  @BeforeAll
  static void weather_the_storm(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
      throws Exception {
    System.out.printf("faults.seed=%d in %s%n", SEED, directory);
    Random random = new Random(SEED);
    try (Stage stage = new Stage(directory, random, TALLY);
        Load load = new Load()) {
      SentRecords sent = new SentRecords();
      SentPoison poison =
          new SentPoison(
              new DeadLetters(new ClaimChecks(stage.clients().s3(), Stage.LAKE), Stage.PARSER));
      startLoad(load, stage, sent, poison, random);
      rage(stage, random);
      stage.calm();
      AppProcess last = stage.startAll();
      load.finish();
      drain(stage, sent);
      last.stop();
      LakeReader lake = new LakeReader(stage.clients().s3(), Stage.LAKE);
      outcome =
          new Outcome(
              sent,
              poison,
              lake.read(),
              stage.shards().read(),
              DeadLetterQueue.read(stage.clients().sqs(), stage.queueUrl()),
              stage.unexpectedExits());
      TALLY.add("records sent", sent.sent().size());
      TALLY.add("records on the stream", outcome.onStream().size());
      TALLY.add("records in the lake", outcome.lake().size());
      TALLY.add("objects in the lake", lake.objects());
      TALLY.add("poison sent", poison.byId().size());
      TALLY.add("dead letters, copies included", outcome.deadLetters().size());
    } finally {
      System.out.printf("faults.seed=%d%n%s%n", SEED, TALLY);
    }
  }

  @Test
  void what_was_acknowledged_is_in_the_lake() {
    Set<String> stored = outcome.lake().stream().map(Stored::number).collect(toSet());
    assertThat(outcome.sent().acknowledged()).as("seed %d", SEED).allMatch(stored::contains);
  }

  @Test
  void what_is_in_the_lake_is_there_once() {
    Map<String, Long> twice = new TreeMap<>(countBy(outcome.lake(), Stored::number));
    twice.values().removeIf(times -> times == 1);
    assertThat(twice).as("seed %d", SEED).isEmpty();
  }

  @Test
  void what_is_in_the_lake_is_never_written_again() {
    assertThat(TALLY.of(FaultProxy.STORED_AGAIN)).as("seed %d", SEED).isZero();
  }

  @Test
  void what_is_in_the_lake_was_sent_just_so() {
    Map<String, Line> sent = outcome.sent().sent();
    assertThat(outcome.lake())
        .as("seed %d", SEED)
        .allSatisfy(
            stored -> assertThat(stored.json()).startsWith(open(sent.get(stored.number()))));
  }

  @Test
  void every_record_is_in_its_hour() {
    Map<String, Line> sent = outcome.sent().sent();
    assertThat(outcome.lake())
        .as("seed %d", SEED)
        .allSatisfy(
            stored ->
                assertThat(stored.partition()).isEqualTo(sent.get(stored.number()).partition()));
  }

  @Test
  void the_dead_letters_are_the_poison() {
    assertThat(outcome.deadLetters().stream().map(DeadLetter::id).collect(toSet()))
        .as("seed %d", SEED)
        .isEqualTo(outcome.poison().byId().keySet());
  }

  @Test
  void no_process_ended_by_itself() {
    assertThat(outcome.unexpectedExits()).as("seed %d", SEED).isEmpty();
  }

  private static void startLoad(
      Load load, Stage stage, SentRecords sent, SentPoison poison, Random random) {
    for (int i = 0; i < 6; i++) {
      Lines lines = new Lines("http" + i, new Random(random.nextLong()));
      Random own = new Random(random.nextLong());
      load.start(new HttpSender(stage.intake(), lines, sent, TALLY, own), 100);
    }
    Lines files = new Lines("file", new Random(random.nextLong()));
    load.start(
        new FileSender(
            stage.inbox(), stage.drafts(), files, sent, poison, new Random(random.nextLong())),
        20_000);
    Lines direct = new Lines("stream", new Random(random.nextLong()));
    load.start(
        new StreamSender(
            stage.clients().kinesis(),
            Stage.STREAM,
            direct,
            sent,
            poison,
            new Random(random.nextLong())),
        50);
  }

  private static void rage(Stage stage, Random random) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(Long.getLong("faults.minutes", 0)));
    Storm storm = new Storm(stage, TALLY, new Random(random.nextLong()));
    do {
      for (Round round : Round.schedule(random, ROUNDS)) {
        System.out.println(round);
        storm.run(round);
      }
    } while (Instant.now().isBefore(end));
  }

  /** Waits until whatever was put on the stream has been read and whatever was sent is there. */
  private static void drain(Stage stage, SentRecords sent) {
    await("the inbox is empty").atMost(DRAINED_WITHIN).until(() -> files(stage.inbox()).isEmpty());
    List<Line> last = new Lines("last", new Random(SEED)).withoutId(stage.shards().open().size());
    sent.sending(last);
    stage.shards().putOnEach(last.stream().map(Line::json).toList());
    sent.acknowledged(last);
    LakeReader lake = new LakeReader(stage.clients().s3(), Stage.LAKE);
    Set<String> acknowledged = sent.acknowledged();
    await("all is in the lake")
        .atMost(DRAINED_WITHIN)
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> lake.numbers().containsAll(acknowledged));
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
