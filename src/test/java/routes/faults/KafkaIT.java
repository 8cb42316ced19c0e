package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import routes.deadletter.ClaimChecks;
import routes.deadletter.DeadLetters;
import routes.kafka.KafkaBroker;
import routes.signal.Signal;

/**
 * Workers share the topics of Kafka by its consumer groups while they and the broker come and go.
 */
class KafkaIT extends Aftermath {

  private static final int PARTITIONS = 3;
  private static final long PAUSE_MILLIS = 100;
  private static final Duration OUTAGE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Tally TALLY = new Tally();

  private static Outcome outcome;

  @BeforeAll
  static void share_the_topics(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
      throws Exception {
    System.out.printf("faults.seed=%d in %s%n", SEED, directory);
    Random random = new Random(SEED);
    try (KafkaBroker kafka = new KafkaBroker(directory).start();
        Stage stage =
            new Stage(directory, random, TALLY, PARTITIONS, Optional.empty(), Optional.of(kafka));
        Load load = new Load()) {
      stage.calm();
      SentRecords sent = new SentRecords();
      SentPoison poison =
          new SentPoison(
              new DeadLetters(new ClaimChecks(stage.clients().s3(), Stage.LAKE), Stage.PARSER));
      startLoad(load, stage, sent, poison, random);
      comeAndGo(stage, kafka, sent);
      load.finish();
      drain(stage, sent);
      stage.stopAll();
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
    AppProcess unused = stage.startIntake();
    for (Signal signal : Signal.values()) {
      URI intake = URI.create(stage.intake() + "?signal=" + signal.word());
      Lines lines = new Lines(signal, "http-" + signal.word(), new Random(random.nextLong()));
      load.start(
          new HttpSender(intake, lines, sent, TALLY, new Random(random.nextLong())), PAUSE_MILLIS);
    }
    Lines files = new Lines(Signal.LOGS, "file", new Random(random.nextLong()));
    load.start(
        new FileSender(
            stage.inbox(), stage.drafts(), files, sent, poison, new Random(random.nextLong())),
        10_000);
  }

  private static void comeAndGo(Stage stage, KafkaBroker kafka, SentRecords sent) throws Exception {
    AppProcess one = stage.startWorker("one");
    AppProcess two = stage.startWorker("two");
    after("two workers start", () -> {}, stage, sent);
    after("the broker is away", () -> outage(kafka), stage, sent);
    AppProcess three = stage.startWorker("three");
    after("a worker joins", () -> {}, stage, sent);
    after("kill -9", one::kill, stage, sent);
    after("SIGSTOP", two::pause, stage, sent);
    after("SIGCONT", two::resume, stage, sent);
    after("SIGTERM", three::stop, stage, sent);
  }

  private static void outage(KafkaBroker kafka) throws InterruptedException {
    kafka.stop();
    TimeUnit.MILLISECONDS.sleep(OUTAGE.toMillis());
    kafka.start();
  }

  /** Lets it happen and waits until all that was sent before is in the lake. */
  private static void after(String what, Workers.Event event, Stage stage, SentRecords sent)
      throws Exception {
    LakeReader lake = new LakeReader(stage.clients().s3());
    long start = System.nanoTime();
    event.happen();
    Set<String> before = sent.acknowledged();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              assertThat(stage.unexpectedExits()).isEmpty();
              return lake.numbers().containsAll(before);
            });
    System.out.printf(
        "%-20s all records are delivered after %5.1f s%n", what, (System.nanoTime() - start) / 1e9);
    assertThat(lake.read()).extracting(Stored::number).doesNotHaveDuplicates();
  }
}
