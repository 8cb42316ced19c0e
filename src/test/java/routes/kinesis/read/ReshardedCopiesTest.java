package routes.kinesis.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.AwsClients;
import routes.cloud.Resources;
import routes.delivery.Batch;
import routes.delivery.Lakes;
import routes.delivery.NewObject;
import routes.delivery.Partitioner;
import routes.envelope.EnvelopeReader;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.SettingsGuard;
import routes.ledger.WindowMemory;
import routes.local.Clouds;
import routes.local.LocalCloud;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.signal.Layer;
import routes.stream.StreamRead;
import software.amazon.awssdk.core.SdkBytes;

/** A record and its copy may lie in different shards when there was resharding between them. */
class ReshardedCopiesTest {

  private static final ShardReader.Settings SETTINGS =
      new ShardReader.Settings(100, 10, Duration.ofMinutes(1), new WindowMemory(1 << 20));

  private final DeliveryBuffer buffer = new DeliveryBuffer(1 << 20);
  private final Partitioner partitioner = new Partitioner(Lakes.unbounded());
  private final EnvelopeReader envelopes =
      new EnvelopeReader(
          new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection));
  private final List<String> delivered = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService saving = Executors.newSingleThreadScheduledExecutor();
  private LocalCloud cloud;
  private AwsClients clients;
  private PastWindows past;
  private ShardCheckpoints checkpoints;
  private ShardCoordinator coordinator;

  @BeforeEach
  void start(@TempDir Path data) {
    cloud = Clouds.start(data, 0);
    clients = Clouds.clientsOf(cloud);
    Resources resources = new Resources(clients.kinesis(), clients.s3(), clients.sqs());
    resources.ensureStream("logs", 1);
    resources.ensureBucket("state");
    startReading();
  }

  @AfterEach
  void stop() throws InterruptedException {
    coordinator.stop();
    saving.shutdownNow();
    clients.close();
    cloud.close();
  }

  @Test
  void a_copy_is_known_after_a_split() {
    put("a");
    split("shardId-000000000000");
    put("a", "b");

    await().until(() -> delivered.contains("b"));
    assertThat(delivered).containsExactly("a", "b");
  }

  @Test
  void a_copy_is_known_after_two_splits_though_the_shard_between_stayed_empty() {
    put("a");
    split("shardId-000000000000");
    split("shardId-000000000001");
    put("a", "b");

    await().until(() -> delivered.contains("b"));
    assertThat(delivered).containsExactly("a", "b");
  }

  @Test
  void a_copy_is_known_by_a_worker_that_starts_after_two_splits() throws InterruptedException {
    put("a");
    split("shardId-000000000000");
    put("b");
    split("shardId-000000000001");
    put("c");
    await().until(() -> delivered.contains("c"));
    coordinator.stop();
    checkpoints.close();

    put("a", "b", "c", "d");
    startReading();

    await().until(() -> delivered.contains("d"));
    assertThat(delivered).containsExactly("a", "b", "c", "d");
  }

  private void startReading() {
    SharedReads reads = new SharedReads(clients.kinesis(), 1);
    past = new PastWindows(1 << 20);
    checkpoints =
        new ShardCheckpoints(
            new CheckpointStore(
                clients.s3(), "state", Layer.RAW, new SettingsGuard(new TreeMap<>(), false)),
            buffer);
    coordinator =
        new ShardCoordinator(
            reads,
            "logs",
            ShardAssignment.ALL,
            checkpoints,
            new ShardRelease(checkpoints, shard -> {}),
            (shard, ancestors) ->
                new ShardReader(
                    shard,
                    ancestors,
                    reads,
                    envelopes,
                    checkpoints,
                    buffer,
                    SETTINGS,
                    past,
                    new Gaps(),
                    Clock.systemUTC(),
                    this::deliver),
            Thread::new,
            Executors.newSingleThreadScheduledExecutor());
    saving.scheduleWithFixedDelay(checkpoints::save, 10, 10, TimeUnit.MILLISECONDS);
    coordinator.start();
  }

  /** At once, every read for itself. */
  private void deliver(StreamRead records) throws IOException {
    for (Batch batch : partitioner.partition(records).batches()) {
      new String(Lakes.bytes(new NewObject(batch, batch)), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceAll(".*\"record_id\":\"(.*?)\".*", "$1"))
          .forEach(delivered::add);
    }
  }

  private void put(String... ids) {
    for (String id : ids) {
      String json =
          "{\"timestamp\":\"2026-11-20T12:00:00Z\",\"service\":\"a\",\"record_id\":\"%s\"}"
              .formatted(id);
      clients
          .kinesis()
          .putRecord(
              r ->
                  r.streamName("logs")
                      .partitionKey("key")
                      .explicitHashKey("0")
                      .data(SdkBytes.fromUtf8String(json)));
    }
  }

  /** The lower half goes on with what hashes to 0. */
  private void split(String shard) {
    String end =
        clients.kinesis().listShards(r -> r.streamName("logs")).shards().stream()
            .filter(s -> s.shardId().equals(shard))
            .findFirst()
            .orElseThrow()
            .hashKeyRange()
            .endingHashKey();
    String middle = new BigInteger(end).shiftRight(1).toString();
    clients
        .kinesis()
        .splitShard(r -> r.streamName("logs").shardToSplit(shard).newStartingHashKey(middle));
  }
}
