package routes.delivery;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.delivery.SimulatedWorker.Rules;
import routes.kinesis.read.KinesisRecord;
import routes.kinesis.read.Reads;
import routes.ledger.Account;
import routes.ledger.Checkpoint;
import routes.ledger.HourCount;
import routes.ledger.ObjectOrigin;
import routes.ledger.ObjectSum;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.partition.ObjectName;
import routes.partition.Partition;
import routes.spool.FlakyDisk;
import routes.spool.Spool;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Runs the real ledger and delivery through random schedules: crashes at any step, workers that
 * live on after another has taken over, checkpoints written late or long out of date, completions
 * of one group that overtake each other, poison among the records. After each schedule a fresh
 * worker drains the shard; then the lake must hold every record once, and each poison record must
 * be among the dead letters.
 */
class ExactlyOnceTest {

  private static final Instant ARRIVAL = Instant.parse("2026-11-20T12:00:00Z");
  private static final ShardId SHARD = new ShardId("logs", ARRIVAL, "shardId-000000000000");
  private static final int SCHEDULES_TO_FAIL = 2_000;

  private final FlakyDisk disk = new FlakyDisk();

  static Stream<Arguments> oneRuleDropped() {
    return Stream.of(
        arguments(
            named(
                "resume after what is there",
                new Rules(false, true, true, true, true, true, true))),
        arguments(
            named(
                "remember what is delivered beyond",
                new Rules(true, false, true, true, true, true, true))),
        arguments(
            named("put only if absent", new Rules(true, true, false, true, true, true, true))),
        arguments(
            named(
                "object before checkpoint", new Rules(true, true, true, false, true, true, true))),
        arguments(
            named("copies keep their place", new Rules(true, true, true, true, false, true, true))),
        arguments(
            named("look back on a start", new Rules(true, true, true, true, true, false, true))));
  }

  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void every_record_is_in_the_lake_exactly_once(@ForAll long seed) {
    Outcome outcome = run(seed, Rules.ALL);
    assertThat(outcome.lake()).isEqualTo(outcome.sent());
    assertThat(outcome.deadLetters().stream().flatMap(String::lines).collect(toSet()))
        .isEqualTo(new HashSet<>(outcome.poison()));
    assertThat(outcome.stillBuffered()).isZero();
    assertThat(outcome.account().arrivals().total())
        .isEqualTo(
            new HourCount(
                outcome.elements(),
                outcome.sent().size(),
                outcome.elements() - outcome.sent().size() - outcome.poison().size(),
                outcome.poison().size()));
    assertThat(outcome.account().groups()).isEqualTo(outcome.stored());
  }

  /**
   * Batches move to disk while they grow, and the disk is full now and then: while records move,
   * and while an object is written.
   */
  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void a_disk_that_fails_now_and_then_loses_and_repeats_nothing(@ForAll long seed)
      throws IOException {
    Path folder = Files.createTempDirectory("spool");
    try (Spool spool = disk.spool(folder, Long.MAX_VALUE)) {
      Outcome outcome = run(seed, Rules.ALL, false, Optional.of(spool));
      assertThat(outcome.lake()).isEqualTo(outcome.sent());
      assertThat(outcome.stillBuffered()).isZero();
      assertThat(outcome.account().arrivals().total().open()).isZero();
      assertThat(outcome.account().groups()).isEqualTo(outcome.stored());
    } finally {
      // As the next process would; what batches are forgotten may be deleted meanwhile.
      disk.spool(folder, 0).close();
      Files.delete(folder.resolve("lock"));
      Files.delete(folder);
    }
  }

  /**
   * The state bucket loses the checkpoint, and the stream what was delivered by then: the chains
   * are found again from the objects. Copies are left out: those of records that are gone pass for
   * new.
   */
  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void a_lost_checkpoint_loses_and_repeats_nothing(@ForAll long seed) {
    Outcome outcome = run(seed, Rules.ALL, true);
    assertThat(outcome.lake()).isEqualTo(outcome.sent());
    assertThat(outcome.account().arrivals().total().open()).isZero();
  }

  @Test
  void without_looking_up_objects_a_lost_checkpoint_doubles_records() {
    Rules rules = new Rules(true, true, true, true, true, true, false);
    assertThat(LongStream.range(0, SCHEDULES_TO_FAIL).mapToObj(seed -> run(seed, rules, true)))
        .anyMatch(outcome -> !outcome.lake().equals(outcome.sent()));
  }

  @ParameterizedTest
  @MethodSource("oneRuleDropped")
  void without_any_one_rule_records_are_lost_or_doubled(Rules rules) {
    boolean violated = false;
    for (long seed = 0; seed < SCHEDULES_TO_FAIL && !violated; seed++) {
      Outcome outcome = run(seed, rules);
      violated = !outcome.lake().equals(outcome.sent());
    }
    assertThat(violated).as("a schedule that needs the rule").isTrue();
  }

  private record Outcome(
      Map<String, Long> sent,
      Map<String, Long> lake,
      List<String> poison,
      List<String> deadLetters,
      long stillBuffered,
      long elements,
      Account account,
      Map<Long, Map<String, ObjectSum>> stored) {}

  private Outcome run(long seed, Rules rules) {
    return run(seed, rules, false);
  }

  private Outcome run(long seed, Rules rules, boolean losesCheckpoints) {
    return run(seed, rules, losesCheckpoints, Optional.empty());
  }

  private Outcome run(long seed, Rules rules, boolean losesCheckpoints, Optional<Spool> spool) {
    Random random = new Random(seed);
    List<KinesisRecord> records = shard(random, losesCheckpoints ? 0 : 5);
    List<String> deadLetters = new ArrayList<>();
    InMemoryLake lake = new InMemoryLake();
    AtomicInteger oldest = new AtomicInteger();
    Function<Checkpoint, SimulatedWorker> start =
        checkpoint ->
            new SimulatedWorker(
                lake, SHARD, records, oldest.get(), checkpoint, deadLetters, spool, rules);

    Checkpoint saved = Checkpoint.NONE;
    List<Checkpoint> late = new ArrayList<>();
    List<SimulatedWorker> workers = new ArrayList<>(List.of(start.apply(saved)));
    int steps = 50 + random.nextInt(550);
    for (int step = 0; step < steps; step++) {
      SimulatedWorker worker = workers.get(random.nextInt(workers.size()));
      if (spool.isPresent()) {
        disk.setFull(random.nextInt(10) == 0);
        disk.pass(Duration.ofSeconds(random.nextInt(20)));
        worker.move(random);
      }
      int dice = random.nextInt(100);
      if (dice < 30) {
        worker.read(1 + random.nextInt(4));
      } else if (dice < 45) {
        worker.close(random);
      } else if (dice < 60) {
        worker.enter(random);
      } else if (dice < 80) {
        worker.put(random);
      } else if (dice < 87) {
        saved = worker.checkpoint();
      } else if (dice < 91) {
        late.add(worker.checkpoint());
      } else if (dice < 94 && !late.isEmpty()) {
        saved = late.get(random.nextInt(late.size()));
      } else if (dice < 97) {
        workers.add(start.apply(saved));
        workers = new ArrayList<>(workers.subList(Math.max(0, workers.size() - 3), workers.size()));
      } else if (dice < 98 && losesCheckpoints) {
        Checkpoint lost = saved;
        oldest.set((int) records.stream().filter(record -> isDelivered(record, lost)).count());
        saved = Checkpoint.NONE;
        late.clear();
        workers = new ArrayList<>(List.of(start.apply(saved)));
      } else {
        worker.putAndDie(random);
        workers = new ArrayList<>(List.of(start.apply(saved)));
      }
    }
    disk.setFull(false);
    SimulatedWorker last = start.apply(saved);
    drain(last, random);
    return new Outcome(
        count(accepted(records)),
        count(lake.linesUnder("")),
        poison(records),
        deadLetters,
        last.buffered(),
        payloads(records).size(),
        last.checkpoint().account(),
        stored(lake));
  }

  /** What the account should have of the objects. */
  private static Map<Long, Map<String, ObjectSum>> stored(InMemoryLake lake) {
    Map<Long, Map<String, ObjectSum>> sums = new TreeMap<>();
    lake.keys()
        .forEach(
            key -> {
              Partition partition = Partition.parse(key.substring(0, key.lastIndexOf('/')));
              HeadObjectResponse head = lake.headObject(get -> get.bucket("lake").key(key));
              ObjectSum sum =
                  ObjectSum.of(
                      ObjectName.uuidOf(key).orElseThrow(),
                      head.contentLength(),
                      ObjectOrigin.of(head.metadata()).orElseThrow().records());
              sums.computeIfAbsent(partition.epochHour(), none -> new TreeMap<>())
                  .merge(partition.path(), sum, ObjectSum::plus);
            });
    return sums;
  }

  private static boolean isDelivered(KinesisRecord record, Checkpoint checkpoint) {
    return !Position.endOf(record.sequenceNumber()).isAfter(checkpoint.delivered());
  }

  private static void drain(SimulatedWorker worker, Random random) {
    List<BooleanSupplier> steps =
        new ArrayList<>(
            List.of(
                () -> worker.read(1 + random.nextInt(4)),
                () -> worker.close(random),
                () -> worker.enter(random),
                () -> worker.put(random)));
    do {
      Collections.shuffle(steps, random);
    } while (steps.stream().anyMatch(BooleanSupplier::getAsBoolean));
  }

  /** Kinesis records of one log record or several, some of them with more poison than letters. */
  private static List<KinesisRecord> shard(Random random, int copyEvery) {
    List<KinesisRecord> records = new ArrayList<>();
    int count = 1 + random.nextInt(60);
    int lines = 0;
    for (int i = 0; i < count; i++) {
      int several = random.nextInt(4) == 0 ? 1 + random.nextInt(8) : 1;
      int bad = random.nextInt(30) == 0 ? 30 : 0;
      List<String> payload = new ArrayList<>();
      for (int end = lines + several + bad; lines < end; lines++) {
        boolean poison = random.nextInt(several + bad) < bad || random.nextInt(10) == 0;
        payload.add(poison ? poison(lines) : line(lines, copyEvery, random));
      }
      records.add(record(1_000 + i, String.join("\n", payload)));
    }
    return records;
  }

  private static KinesisRecord record(int sequenceNumber, String payload) {
    return Reads.record(
        Integer.toString(sequenceNumber), ARRIVAL, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** A record, or a copy of an earlier one: those have a number of their own under an old id. */
  private static String line(int number, int copyEvery, Random random) {
    boolean copy = copyEvery > 0 && random.nextInt(copyEvery) == 0;
    int id = copy ? random.nextInt(number + 1) : number;
    return "{\"service\":\"%c\",\"timestamp\":\"2026-11-20T11:00:00Z\",\"record_id\":\"%d\",\"n\":%d}"
        .formatted('a' + id % 3, id, number);
  }

  private static String poison(int number) {
    return "no record " + number;
  }

  private static List<String> accepted(List<KinesisRecord> records) {
    Set<String> ids = new HashSet<>();
    return payloads(records).stream()
        .filter(payload -> payload.startsWith("{") && ids.add(payload.split(",", -1)[2]))
        .toList();
  }

  private static List<String> poison(List<KinesisRecord> records) {
    return payloads(records).stream().filter(payload -> !payload.startsWith("{")).toList();
  }

  private static List<String> payloads(List<KinesisRecord> records) {
    return records.stream().flatMap(r -> r.data().toString().lines()).toList();
  }

  private static Map<String, Long> count(Collection<String> lines) {
    return lines.stream().collect(groupingBy(Function.identity(), counting()));
  }
}
