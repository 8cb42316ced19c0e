package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import routes.deadletter.ClaimChecks;
import routes.deadletter.DeadLetters;
import routes.signal.Signal;

/**
 * The packaged application in a storm: killed, paused, cut off and resharded under load. What it
 * promises must hold when the storm is over.
 *
 * <p>{@code -Dfaults.seed=N} takes the rounds, the records and the dice of an earlier run; what
 * meets what is up to the machine. {@code -Dfaults.minutes=N} lets it go on for so long.
 */
class FaultsIT extends Aftermath {

  private static final int ROUNDS = 10;
  private static final Duration COUNTED_WITHIN = Duration.ofMinutes(2);
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
      if (stage.counts()) {
        await()
            .atMost(COUNTED_WITHIN)
            .untilAsserted(() -> assertThat(stage.figures()).isEqualTo(stage.figuresOfLake()));
      }
      last.stop();
      outcome = outcome(stage, sent, poison, TALLY);
    } finally {
      System.out.printf("faults.seed=%d%n%s%n", SEED, TALLY);
    }
  }

  @Override
  Outcome outcome() {
    return outcome;
  }

  private static void startLoad(
      Load load, Stage stage, SentRecords sent, SentPoison poison, Random random)
      throws IOException {
    List<Signal> signals = List.of(Signal.values());
    for (int i = 0; i < 6; i++) {
      Signal signal = signals.get(i % signals.size());
      Lines lines = new Lines(signal, "http" + i, new Random(random.nextLong()));
      Random own = new Random(random.nextLong());
      URI intake = URI.create(stage.intake() + "?signal=" + signal.word());
      load.start(new HttpSender(intake, lines, sent, TALLY, own), 100);
    }
    for (Signal signal : Signal.values()) {
      startFilesAndStream(load, stage, signal, sent, poison, random);
    }
    Lines growing = new Lines("growing", new Random(random.nextLong()));
    load.start(
        new GrowingFileSender(stage.inbox(), growing, sent, new Random(random.nextLong())), 200);
  }

  private static void startFilesAndStream(
      Load load, Stage stage, Signal signal, SentRecords sent, SentPoison poison, Random random) {
    Lines files = new Lines(signal, "file-" + signal.word(), new Random(random.nextLong()));
    load.start(
        new FileSender(
            stage.inbox(), stage.drafts(), files, sent, poison, new Random(random.nextLong())),
        40_000);
    Lines direct = new Lines(signal, "stream-" + signal.word(), new Random(random.nextLong()));
    load.start(
        new StreamSender(stage.kinesis(), direct, sent, poison, new Random(random.nextLong())),
        100);
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
}
