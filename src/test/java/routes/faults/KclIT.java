package routes.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import routes.kinesis.leases.DynamoDb;
import routes.signal.Signal;

/**
 * Three workers share the streams of all signals through leases while they come and go and shards
 * are split. What a single worker promises must hold for all of them together.
 */
@EnabledIfSystemProperty(
    named = "kcl",
    matches = "true",
    disabledReason =
        "It takes six minutes, see KinesaliteIT for a short form: run it with -Dkcl=true")
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "DynamoDB Local comes with native code for Linux on x86-64")
class KclIT extends Aftermath {

  private static final long PAUSE_MILLIS = 20;
  private static final Duration OUTAGE = Duration.ofSeconds(12);
  private static final Tally TALLY = new Tally();

  private static Outcome outcome;

  @BeforeAll
  static void share_the_streams(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
      throws Exception {
    System.out.printf("faults.seed=%d in %s%n", SEED, directory);
    Random random = new Random(SEED);
    try (Stage stage = new Stage(directory, random, TALLY)) {
      stage.calm();
      resize(stage, 4);
      try (Workers workers = new Workers(stage, random, PAUSE_MILLIS)) {
        comeAndGo(workers, stage);
        outcome = workers.finish(TALLY);
      }
    } finally {
      System.out.printf("faults.seed=%d%n%s%n", SEED, TALLY);
    }
  }

  @Override
  Outcome outcome() {
    return outcome;
  }

  private static void comeAndGo(Workers workers, Stage stage) throws Exception {
    AppProcess one = workers.start("one");
    workers.evenAfter("first start, without tables", () -> {}, one);
    AppProcess two = workers.start("two");
    AppProcess three = workers.start("three");
    workers.evenAfter("two workers join", () -> {}, one, two, three);
    workers.evenAfter("from 4 to 8 shards", () -> resize(stage, 8), one, two, three);
    workers.evenAfter("kill -9", one::kill, two, three);
    AppProcess four = workers.start("four");
    workers.evenAfter("a worker joins", () -> {}, two, three, four);
    workers.evenAfter("SIGSTOP", two::pause, three, four);
    workers.evenAfter("SIGCONT", two::resume, two, three, four);
    workers.evenAfter(
        "DynamoDB fails for a while", () -> outage(workers.dynamoDb()), two, three, four);
    workers.evenAfter("SIGTERM", () -> workers.stop(two), three, four);
    AppProcess five = workers.start("five");
    workers.stop(three);
    AppProcess six = workers.start("six");
    workers.evenAfter("rolling restart", () -> workers.stop(four), five, six);
  }

  private static void resize(Stage stage, int shards) {
    for (Signal signal : Signal.values()) {
      stage.shards(signal).resize(shards);
    }
  }

  private static void outage(DynamoDb dynamoDb) throws InterruptedException {
    dynamoDb.fail(true);
    TimeUnit.MILLISECONDS.sleep(OUTAGE.toMillis());
    dynamoDb.fail(false);
  }
}
