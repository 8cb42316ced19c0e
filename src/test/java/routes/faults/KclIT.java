package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.LeaseClients;
import routes.deadletter.ClaimChecks;
import routes.deadletter.DeadLetters;
import routes.leases.DynamoDb;
import routes.leases.LeaseTable;

/**
 * Three workers share a stream through leases while they come and go and shards are split. What a
 * single worker promises must hold for all of them together.
 */
@EnabledIfSystemProperty(
    named = "kcl",
    matches = "true",
    disabledReason =
        "It takes six minutes, see SharedStreamIT for a short form: run it with -Dkcl=true")
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "DynamoDB Local comes with native code for Linux on x86-64")
class KclIT extends Aftermath {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration OUTAGE = Duration.ofSeconds(12);
  private static final Tally TALLY = new Tally();
  private static final List<String> FIGURES = new ArrayList<>();

  private static Outcome outcome;

  @BeforeAll
  static void share_a_stream(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
      throws Exception {
    System.out.printf("faults.seed=%d in %s%n", SEED, directory);
    Random random = new Random(SEED);
    try (Stage stage = new Stage(directory, random, TALLY);
        DynamoDb dynamoDb = new DynamoDb();
        LeaseClients clients = stage.clients().forLeases(dynamoDb.endpoint());
        Load load = new Load()) {
      stage.calm();
      SentRecords sent = new SentRecords();
      SentPoison poison =
          new SentPoison(
              new DeadLetters(new ClaimChecks(stage.clients().s3(), Stage.LAKE), Stage.PARSER));
      stage.shards().resize(4);
      load.start(
          new StreamSender(
              stage.clients().kinesis(),
              Stage.STREAM,
              new Lines("stream", new Random(random.nextLong())),
              sent,
              poison,
              new Random(random.nextLong())),
          20);
      new Workers(stage, dynamoDb, new LeaseTable(clients), sent, lake(stage)).comeAndGo();
      load.finish();
      drain(stage, sent);
      stage.stopAll();
      outcome = outcome(stage, sent, poison, TALLY);
      FIGURES.add("DynamoDB calls: " + dynamoDb.calls());
    } finally {
      System.out.printf("faults.seed=%d%n%s%n%s%n", SEED, TALLY, String.join("\n", FIGURES));
    }
  }

  @Override
  Outcome outcome() {
    return outcome;
  }

  private static LakeReader lake(Stage stage) {
    return new LakeReader(stage.clients().s3(), Stage.LAKE);
  }

  /** Something that happens to the workers. */
  private interface Event {
    void happen() throws Exception;
  }

  private record Workers(
      Stage stage, DynamoDb dynamoDb, LeaseTable leases, SentRecords sent, LakeReader lake) {

    void comeAndGo() throws Exception {
      AppProcess one = start("one");
      after("first start, without tables", () -> {}, one);
      AppProcess two = start("two");
      AppProcess three = start("three");
      after("two workers join", () -> {}, one, two, three);
      after("from 4 to 8 shards", () -> stage.shards().resize(8), one, two, three);
      after("kill -9", one::kill, two, three);
      AppProcess four = start("four");
      after("a worker joins", () -> {}, two, three, four);
      after("SIGSTOP", two::pause, three, four);
      after("SIGCONT", two::resume, two, three, four);
      after("DynamoDB fails for a while", this::outage, two, three, four);
      after("SIGTERM", () -> stop(two), three, four);
      AppProcess five = start("five");
      stop(three);
      AppProcess six = start("six");
      after("rolling restart", () -> stop(four), five, six);
    }

    private void outage() throws InterruptedException {
      dynamoDb.fail(true);
      TimeUnit.MILLISECONDS.sleep(OUTAGE.toMillis());
      dynamoDb.fail(false);
    }

    /** A worker that stops in order leaves nothing that would have to expire. */
    private void stop(AppProcess worker) throws InterruptedException {
      worker.stop();
      assertThat(leases.owners(stage.shards().openNames()).values()).doesNotContain(worker.pid());
    }

    /**
     * Lets it happen and waits until every shard has a worker, all that was sent before is in the
     * lake, and none of these workers has two shards more than another.
     */
    private void after(String what, Event event, AppProcess... workers) throws Exception {
      Set<String> before = sent.acknowledged();
      long start = System.nanoTime();
      event.happen();
      List<Long> processes = List.of(workers).stream().map(AppProcess::pid).toList();
      patiently().until(() -> isShared(processes));
      double shared = secondsSince(start);
      patiently().until(() -> lake.numbers().containsAll(before));
      double delivered = secondsSince(start);
      patiently().until(() -> leases.isEven(stage.shards().openNames(), processes));
      FIGURES.add(
          "%-30s all shards have a worker after %5.1f s, all records are delivered after %5.1f s, the load is even after %5.1f s: %s"
              .formatted(
                  what,
                  shared,
                  delivered,
                  secondsSince(start),
                  leases.spread(stage.shards().openNames())));
      System.out.println(FIGURES.get(FIGURES.size() - 1));
      assertThat(lake.read()).extracting(Stored::number).doesNotHaveDuplicates();
    }

    private boolean isShared(List<Long> processes) {
      assertThat(stage.unexpectedExits()).isEmpty();
      List<String> shards = stage.shards().openNames();
      Collection<Long> owners = leases.owners(shards).values();
      return owners.size() == shards.size() && processes.containsAll(owners);
    }

    private static ConditionFactory patiently() {
      return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250));
    }

    private static double secondsSince(long start) {
      return (System.nanoTime() - start) / 1e9;
    }

    private AppProcess start(String name) throws IOException {
      return stage.startWorker(name, dynamoDb.endpoint());
    }
  }
}
