package routes.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.LeaseClients;
import routes.deadletter.ClaimChecks;
import routes.deadletter.DeadLetters;

/**
 * Three workers share a stream through leases while they come and go and shards are split. What a
 * single worker promises must hold for all of them together.
 */
@EnabledIfSystemProperty(
    named = "kcl",
    matches = "true",
    disabledReason = "Sharing shards is not proven yet: run it with -Dkcl=true")
class KclIT extends Aftermath {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration OUTAGE = Duration.ofSeconds(12);
  private static final Tally TALLY = new Tally();
  private static final List<String> FIGURES = new ArrayList<>();

  private static Outcome outcome;

  @BeforeAll
  static void share_a_stream(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
      throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "DynamoDB Local comes with native code for x86-64");
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
      new Workers(stage, dynamoDb, new LeaseTable(clients)).comeAndGo();
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

  private record Workers(Stage stage, DynamoDb dynamoDb, LeaseTable leases) {

    void comeAndGo() throws Exception {
      AppProcess one = start("one");
      AppProcess two = start("two");
      AppProcess three = start("three");
      timed("first start", () -> awaitShared(one, two, three));

      stage.shards().resize(8);
      timed("from 4 to 8 shards", () -> awaitShared(one, two, three));

      one.kill();
      timed("kill -9, shards taken over", () -> awaitShared(two, three));
      AppProcess four = start("four");
      timed("a worker joins", () -> awaitShared(two, three, four));

      two.pause();
      timed("SIGSTOP, shards taken over", () -> awaitShared(three, four));
      two.resume();
      timed("SIGCONT", () -> awaitShared(two, three, four));

      dynamoDb.fail(true);
      TimeUnit.MILLISECONDS.sleep(OUTAGE.toMillis());
      dynamoDb.fail(false);
      timed("DynamoDB back", () -> awaitShared(two, three, four));

      two.stop();
      timed("SIGTERM, shards taken over", () -> awaitShared(three, four));
      AppProcess five = start("five");
      timed("a worker joins", () -> awaitShared(three, four, five));
      three.stop();
      timed("SIGTERM, shards taken over", () -> awaitShared(four, five));
      AppProcess six = start("six");
      timed("a worker joins", () -> awaitShared(four, five, six));
    }

    /** Every shard has a worker and every worker a shard. */
    private void awaitShared(AppProcess... workers) {
      List<Long> processes = List.of(workers).stream().map(AppProcess::pid).toList();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                List<String> shards = stage.shards().openNames();
                Collection<Long> owners = leases.owners(shards).values();
                return owners.size() == shards.size()
                    && owners.containsAll(processes)
                    && processes.containsAll(owners);
              });
    }

    private void timed(String what, Runnable wait) {
      long start = System.nanoTime();
      wait.run();
      FIGURES.add(
          "%-30s %5.1f s, then spread %s"
              .formatted(
                  what,
                  (System.nanoTime() - start) / 1e9,
                  leases.spread(stage.shards().openNames())));
    }

    private AppProcess start(String name) throws IOException {
      return stage.startWorker(name, dynamoDb.endpoint());
    }
  }
}
