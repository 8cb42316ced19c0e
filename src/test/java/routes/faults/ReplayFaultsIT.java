package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import routes.deadletter.ClaimChecks;
import routes.deadletter.DeadLetter;
import routes.deadletter.DeadLetters;
import routes.deadletter.Source;
import routes.signal.Signal;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Dead letters made while the queue is away, then replayed by two operators at two processes of
 * which one is killed again and again, with every service failing now and then. Afterwards each
 * record is in the lake once, as all of it happens within the window in which copies are
 * recognised, and what is no record is still on the queue.
 */
class ReplayFaultsIT {

  private static final int RECORDS = 600;
  private static final int HOPELESS = 15;
  private static final int KILLS = 3;
  private static final long PAUSE_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long SEED = Long.getLong("faults.seed", new Random().nextLong());
  private static final String RECORD = "{\"service\":\"checkout\",\"n\":\"%d\"}";

  private static final Pattern INGEST_ID = Pattern.compile(",\"ingest_id\":\"[0-9a-f]{32}\"}$");

  private final Tally tally = new Tally();
  private final String timestamp = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

  @Test
  void nothing_is_lost_and_nothing_is_there_twice(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
    System.out.printf("faults.seed=%d in %s%n", SEED, directory);
    Random random = new Random(SEED);
    try (Stage stage = new Stage(directory, random, tally);
        Load operators = new Load()) {
      SentPoison hopeless =
          new SentPoison(
              new DeadLetters(new ClaimChecks(stage.clients().s3(), Stage.LAKE), Stage.PARSER));
      AppProcess app = makeLetters(stage, hopeless);
      Operator one = new Operator("first operator", stage.dashboard(), timestamp, tally);
      operators.start(one, PAUSE_MILLIS);
      for (int kill = 0; kill < KILLS; kill++) {
        awaitMore("letters replayed by first operator", 1);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
        app.kill();
        tally.count("kill -9");
        app = stage.startAll();
      }
      operators.start(
          new Operator("second operator", stage.rivalDashboard(), timestamp, tally), PAUSE_MILLIS);
      stage.startRival();
      awaitMore("letters replayed by second operator", 1);
      stage.calm();
      operators.finish();
      await("all that can be is replayed")
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> hidden(stage) == 0 && hasNothingLeft(one.replay()));
      LakeReader lake = new LakeReader(stage.clients().s3());
      await("all is in the lake").atMost(PATIENCE).until(() -> lake.numbers().size() == RECORDS);
      app.stop();
      tally.add("copies on the stream", stage.shards().read().size() - 2 * RECORDS - HOPELESS);

      assertThat(lake.read())
          .extracting(stored -> INGEST_ID.matcher(stored.json()).replaceFirst("}"))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, RECORDS).mapToObj(this::mended).toList());
      assertThat(
              DeadLetterQueue.read(stage.clients().sqs(), stage.queueUrl()).stream()
                  .map(DeadLetter::id)
                  .collect(toSet()))
          .isEqualTo(hopeless.signals().keySet());
      assertThat(stage.unexpectedExits()).isEmpty();
    } finally {
      System.out.printf("faults.seed=%d%n%s%n", SEED, tally);
    }
  }

  /** Lets the application read poison while SQS is away. */
  private AppProcess makeLetters(Stage stage, SentPoison hopeless) throws IOException {
    stage.plan().begin(AwsService.SQS, Fault.UNAVAILABLE);
    for (int n = 0; n < RECORDS; n++) {
      put(stage, RECORD.formatted(n));
    }
    for (int n = 0; n < HOPELESS; n++) {
      String poison = "no record " + n;
      PutRecordResponse at = put(stage, poison);
      hopeless.sent(
          Signal.LOGS,
          "deliver",
          new Source.Stream(Stage.STREAM, at.shardId(), at.sequenceNumber(), 0),
          poison.getBytes(UTF_8));
    }
    AppProcess app = stage.startAll();
    awaitMore("SQS UNAVAILABLE", 5);
    stage.plan().endOutages();
    return app;
  }

  private String mended(int n) {
    String record = RECORD.formatted(n);
    return "%s,\"timestamp\":\"%s\",\"replayed\":1}"
        .formatted(record.substring(0, record.length() - 1), timestamp);
  }

  private static boolean hasNothingLeft(JsonNode result) {
    return result.path("complete").asBoolean() && result.path("replayed").asInt(-1) == 0;
  }

  /** Messages that somebody who was killed had received come back after a while. */
  private static int hidden(Stage stage) {
    return Integer.parseInt(
        stage
            .clients()
            .sqs()
            .getQueueAttributes(
                r ->
                    r.queueUrl(stage.queueUrl())
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes()
            .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  private void awaitMore(String what, long more) {
    long enough = tally.of(what) + more;
    await(what).atMost(PATIENCE).until(() -> tally.of(what) >= enough);
  }

  private static PutRecordResponse put(Stage stage, String data) {
    return stage
        .clients()
        .kinesis()
        .putRecord(
            r -> r.streamName(Stage.STREAM).partitionKey(data).data(SdkBytes.fromUtf8String(data)));
  }
}
