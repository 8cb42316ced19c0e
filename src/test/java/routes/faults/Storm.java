package routes.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Lives and deaths of the application, one round after the other. */
final class Storm {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SERVED = "intake answered with 200";
  private static final String STORED = "lake put answered with 200";
  private static final String CONTESTED = "lake put answered with 412";
  private static final int OBJECTS_OF_A_TAKE_OVER = 5;

  private final Stage stage;
  private final Tally tally;
  private final Random random;

  Storm(Stage stage, Tally tally, Random random) {
    this.stage = stage;
    this.tally = tally;
    this.random = random;
  }

  void run(Round round) throws IOException, InterruptedException {
    AppProcess app = stage.startAll();
    if (round.afterStart()) {
      awaitMore(SERVED, 1);
    }
    app = inflict(round, app);
    pause(round.killAfterMillis());
    app.kill();
    tally.count("kill -9");
    stage.plan().endOutages();
  }

  /** Answers the process that is to be killed at the end of the round. */
  private AppProcess inflict(Round round, AppProcess app) throws IOException, InterruptedException {
    switch (round.trouble()) {
      case NONE -> pause(round.troubleMillis());
      case S3_AWAY -> outage(AwsService.S3, round);
      case SQS_AWAY -> outage(AwsService.SQS, round);
      case KINESIS_AWAY -> outage(AwsService.KINESIS, round);
      case SPLIT -> {
        stage.shards().splitOne(random);
        tally.count("split");
        pause(round.troubleMillis());
      }
      case MERGE -> {
        stage.shards().mergeTwo(random);
        tally.count("merge");
        pause(round.troubleMillis());
      }
      case ZOMBIE -> zombie(round, app);
      case RESTART -> {
        pause(round.troubleMillis());
        app.stop();
        tally.count("clean restart");
        AppProcess again = stage.startAll();
        awaitMore(SERVED, 1);
        return again;
      }
    }
    return app;
  }

  /** Half of the outages are over before the kill. */
  private void outage(AwsService service, Round round) throws InterruptedException {
    stage.plan().begin(service, round.how());
    pause(round.troubleMillis());
    if (random.nextBoolean()) {
      stage.plan().endOutages();
    }
  }

  private void zombie(Round round, AppProcess app) throws IOException, InterruptedException {
    app.pause();
    AppProcess rival = stage.startRival();
    awaitMore(STORED, OBJECTS_OF_A_TAKE_OVER);
    app.resume();
    tally.count("zombie");
    awaitMore(CONTESTED, OBJECTS_OF_A_TAKE_OVER);
    pause(round.troubleMillis());
    rival.kill();
    tally.count("kill -9");
  }

  private void awaitMore(String what, long more) {
    long enough = tally.of(what) + more;
    await(what).atMost(PATIENCE).until(() -> tally.of(what) >= enough);
  }

  /** Lets time pass: what matters here is that nobody knows what happens meanwhile. */
  private static void pause(long millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
  }
}
