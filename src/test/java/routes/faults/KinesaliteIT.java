package routes.faults;

import static software.amazon.awssdk.core.SdkSystemSetting.CBOR_ENABLED;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import routes.AnyCredentials;
import routes.local.kinesis.Kinesalite;
import routes.signal.Signal;

/**
 * Three workers share the streams of a Kinesis that is not ours, until one is left; {@code KclIT}
 * has more that can befall them.
 */
@EnabledIf(value = Kinesalite.IS_INSTALLED, disabledReason = Kinesalite.NOT_INSTALLED)
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "DynamoDB Local comes with native code for Linux on x86-64")
class KinesaliteIT extends Aftermath {

  private static final int SHARDS = 3;
  private static final long PAUSE_MILLIS = 50;
  private static final Tally TALLY = new Tally();

  private static Outcome outcome;

  @BeforeAll
  static void share_the_streams(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
      throws Exception {
    System.out.printf("faults.seed=%d in %s%n", SEED, directory);
    Random random = new Random(SEED);
    System.setProperty(CBOR_ENABLED.property(), "false");
    AnyCredentials.set();
    try (Kinesalite kinesis = new Kinesalite();
        Stage stage =
            new Stage(
                directory,
                random,
                TALLY,
                SHARDS,
                Optional.of(kinesis.endpoint()),
                Optional.empty())) {
      stage.calm();
      try (Workers workers = new Workers(stage, random, PAUSE_MILLIS)) {
        workers.createTables();
        becomeFewer(workers, stage, random);
        outcome = workers.finish(TALLY);
      }
    } finally {
      System.clearProperty(CBOR_ENABLED.property());
      AnyCredentials.clear();
      System.out.printf("faults.seed=%d%n%s%n", SEED, TALLY);
    }
  }

  @Override
  Outcome outcome() {
    return outcome;
  }

  private static void becomeFewer(Workers workers, Stage stage, Random random) throws Exception {
    List<AppProcess> left = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      left.add(workers.start(name));
    }
    workers.after("three workers start", () -> {}, left);
    for (Signal signal : Signal.values()) {
      Shards shards = stage.shards(signal);
      workers.after("a shard is split, " + signal.word(), () -> shards.grow(random), left);
    }
    AppProcess killed = workers.busiest(left);
    left.remove(killed);
    workers.after("kill -9", killed::kill, left);
    AppProcess stopped = workers.busiest(left);
    left.remove(stopped);
    workers.after("SIGTERM", () -> workers.stop(stopped), left);
  }
}
