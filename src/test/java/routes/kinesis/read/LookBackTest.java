package routes.kinesis.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.AwsClients;
import routes.cloud.Resources;
import routes.envelope.EnvelopeReader;
import routes.ledger.Account;
import routes.ledger.Checkpoint;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.Position;
import routes.ledger.SettingsGuard;
import routes.ledger.WindowMemory;
import routes.local.Clouds;
import routes.local.LocalCloud;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.signal.Layer;
import routes.stream.StreamRecord;
import routes.stream.StreamRejection;

/** What a reader does before it reads on, to recognise copies of what came last. */
class LookBackTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final ShardReader.Settings SETTINGS =
      new ShardReader.Settings(100, 10, Duration.ofMinutes(1), new WindowMemory(1 << 20));

  private final OneShard kinesis = new OneShard();
  private final DeliveryBuffer buffer = new DeliveryBuffer(1 << 20);
  private final PastWindows past = new PastWindows(1 << 20);
  private final List<String> routed = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private LocalCloud cloud;
  private AwsClients clients;
  private CheckpointStore store;
  private ShardCheckpoints checkpoints;

  @BeforeEach
  void start(@TempDir Path data) {
    cloud = Clouds.start(data, 0);
    clients = Clouds.clientsOf(cloud);
    new Resources(clients.kinesis(), clients.s3(), clients.sqs()).ensureBucket("state");
    store =
        new CheckpointStore(
            clients.s3(), "state", Layer.RAW, new SettingsGuard(new TreeMap<>(), false));
    checkpoints = new ShardCheckpoints(store, buffer);
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
    clients.close();
    cloud.close();
  }

  @Test
  void what_arrived_by_a_clock_that_was_ahead_keeps_nobody_from_reading_on() {
    kinesis.at(NOW.plus(Duration.ofDays(30)));
    kinesis.put(10);
    kinesis.at(NOW);
    kinesis.put(20);
    store.save(
        OneShard.ID.id(),
        new Checkpoint(
            Position.endOf("10"),
            NOW.plus(Duration.ofDays(30)),
            Map.of(),
            null,
            false,
            Account.NONE),
        false);

    read(OneShard.ID, List.of(), NOW);

    await().until(() -> routed.contains("20"));
  }

  @Test
  void a_kinesis_that_refuses_to_look_back_keeps_nobody_from_reading_on() {
    kinesis.at(NOW.minus(Duration.ofDays(1)));
    kinesis.put(10);
    kinesis.put(20);
    store.save(
        OneShard.ID.id(),
        new Checkpoint(Position.endOf("10"), NOW, Map.of(), null, false, Account.NONE),
        false);

    read(OneShard.ID, List.of(), NOW);

    await().until(() -> routed.contains("20"));
  }

  @Test
  void each_generation_is_looked_through_once_for_all_that_came_from_it() {
    kinesis.at(NOW);
    kinesis.put(10);
    List<SourceShard> generations = new ArrayList<>();
    for (int generation = 0; generation < 20; generation++) {
      SourceShard shard = OneShard.shard("past-" + generation);
      store.save(
          shard.id(),
          new Checkpoint(Position.endOf("10"), NOW, Map.of(), null, true, Account.NONE),
          true);
      generations.add(shard);
    }

    for (int child = 0; child < 10; child++) {
      read(OneShard.shard("child-" + child), generations, NOW);
    }

    await().until(() -> routed.size() == 20 + 10);
    assertThat(kinesis.iterators()).isEqualTo(20 + 10);
  }

  private void read(SourceShard shard, List<SourceShard> ancestors, Instant now) {
    ShardReader reader =
        new ShardReader(
            shard,
            ancestors,
            new SharedReads(kinesis, 1),
            new EnvelopeReader(
                new RecordParser(
                    FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection)),
            checkpoints,
            buffer,
            SETTINGS,
            past,
            new Gaps(),
            Clock.fixed(now, ZoneOffset.UTC),
            part ->
                Stream.concat(
                        part.records().stream().map(StreamRecord::position),
                        part.rejections().stream().map(StreamRejection::position))
                    .map(Position::sequenceNumber)
                    .forEach(routed::add));
    Thread thread = new Thread(reader);
    threads.add(thread);
    thread.start();
  }
}
