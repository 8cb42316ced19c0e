package routes.kinesis.read;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.RoutesUnderTest;
import routes.ShardReads;
import routes.cloud.AwsClients;
import routes.cloud.Resources;
import routes.delivery.Batch;
import routes.delivery.GroupSequencer;
import routes.delivery.Lake;
import routes.delivery.Lakes;
import routes.delivery.NewObject;
import routes.delivery.OpenBatches;
import routes.delivery.Partitioner;
import routes.envelope.EnvelopeReader;
import routes.ledger.Checkpoint;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.Position;
import routes.ledger.SettingsGuard;
import routes.ledger.ShardId;
import routes.local.Clouds;
import routes.local.LocalCloud;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.retry.Attempt;
import routes.signal.Layer;
import software.amazon.awssdk.core.SdkBytes;

/** What the delivering route holds of a shard when that goes to another worker. */
class SharedShardsTest {

  private static final String STREAM = "logs";
  private static final String SHARD = "shardId-000000000000";
  private static final String OTHER = "shardId-000000000001";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String HOUR = "3600000";

  private final DeliveryBuffer buffer = new DeliveryBuffer(1 << 20);
  private final Lake lake = Lakes.with(buffer);
  private final OpenBatches open = lake.open();
  private final GroupSequencer sequencer = new GroupSequencer();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final List<String> puts = new CopyOnWriteArrayList<>();
  private final Leases assignment = new Leases();
  private final AtomicInteger faults = new AtomicInteger();
  private final RecordParser parser =
      new RecordParser(
          FieldNames.DEFAULT,
          RecordLimits.DEFAULT,
          service -> {
            if (faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
              throw new OutOfMemoryError("told to");
            }
            return null;
          });
  private volatile CountDownLatch putsTogether = new CountDownLatch(0);
  private KinesisShardsComponent shards;
  private LocalCloud cloud;
  private AwsClients clients;
  private CheckpointStore checkpoints;
  private RoutesUnderTest routes;
  private String lastSequenceNumber = "";

  @BeforeEach
  void start(@TempDir Path data) {
    cloud = Clouds.start(data, 0);
    clients = Clouds.clientsOf(cloud);
    Resources resources = new Resources(clients.kinesis(), clients.s3(), clients.sqs());
    resources.ensureStream(STREAM, 2);
    resources.ensureBucket("state");
    checkpoints =
        new CheckpointStore(
            clients.s3(), "state", Layer.RAW, new SettingsGuard(new TreeMap<>(), false));
    AggregateController aggregator = new DefaultAggregateController();
    shards =
        new KinesisShardsComponent(
            new SharedReads(clients.kinesis(), 1),
            stream -> new EnvelopeReader(parser),
            Map.of(
                Layer.RAW,
                new LayerReading(
                    checkpoints,
                    buffer,
                    stream -> assignment,
                    shard -> open.closeAll(shard, aggregator::forceCompletionOfGroup))));
    routes =
        new RoutesUnderTest(
                Map.of("KINESIS_STREAM_NAME", STREAM, "FLUSH_INTERVAL_MS", HOUR),
                "deliver",
                "errors")
            .bind("kinesis-shards", shards)
            .bind("partitioner", new Partitioner(lake))
            .bind("open-batches", open)
            .bind("put-controller", aggregator)
            .bind("put-threads", threads)
            .bind("rejected-threads", threads)
            .neighbour("direct:dead-letters", exchange -> {})
            .neighbour("direct:put-object", this::put)
            .start();
  }

  @AfterEach
  void stop() {
    routes.close();
    threads.shutdown();
    clients.close();
    cloud.close();
  }

  @Test
  void what_is_open_of_a_lost_shard_is_dropped_without_a_trace() {
    send("a", "b");
    assignment.take(SHARD);
    await().atMost(SOON).until(() -> open.count() == 2);

    assignment.lose();

    await().atMost(SOON).until(() -> assignment.settled);
    await().atMost(SOON).until(() -> open.count() == 0);
    assertThat(buffer.used()).isZero();
    assertThat(puts).isEmpty();
  }

  @Test
  void a_lost_shard_that_comes_back_is_read_again() {
    send("a", "b");
    assignment.take(SHARD);
    await().atMost(SOON).until(() -> open.count() == 2);
    assignment.lose();
    await().atMost(SOON).until(() -> assignment.settled);

    assignment.take(SHARD);
    send("c");
    await().atMost(SOON).until(() -> open.count() == 3);
    routes.close();

    assertThat(puts).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(buffer.used()).isZero();
  }

  @Test
  void a_reader_that_ran_out_of_memory_is_followed_by_another() {
    send("a");
    assignment.take(SHARD);
    await().atMost(SOON).until(() -> open.count() == 1);

    faults.set(2);
    send("b", "c");

    await().atMost(SOON).until(() -> open.count() == 3);
    assertThat(shards.status(Layer.RAW).failing())
        .extracting(Attempt::failure)
        .contains("its reader broke and began anew: told to");
    routes.close();
    assertThat(faults).hasValue(0);
    assertThat(puts).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(buffer.used()).isZero();
  }

  @Test
  void a_shard_is_handed_over_once_all_of_it_is_delivered_and_written_down() {
    send("a", "b");
    assignment.take(SHARD);
    await().atMost(SOON).until(() -> open.count() == 2);

    assignment.handOver();

    await().atMost(SOON).until(() -> assignment.settled);
    assertThat(puts).containsExactlyInAnyOrder("a", "b");
    assertThat(checkpoint(SHARD).beyond()).isEmpty();
    assertThat(checkpoint(SHARD).delivered()).isEqualTo(Position.endOf(lastSequenceNumber));
    assertThat(buffer.used()).isZero();
  }

  @Test
  void a_shard_that_cannot_be_delivered_does_not_keep_another_from_being_handed_over() {
    putsTogether = new CountDownLatch(2);
    String last = sendTo(SHARD, "a");
    String lastOfOther = sendTo(OTHER, "b");
    assignment.take(SHARD, OTHER);
    await().atMost(SOON).until(() -> open.count() == 2);

    assignment.handOver();

    await().atMost(SOON).until(() -> assignment.settled);
    assertThat(checkpoint(SHARD).delivered()).isEqualTo(Position.endOf(last));
    assertThat(checkpoint(OTHER).delivered()).isEqualTo(Position.endOf(lastOfOther));
  }

  private void send(String... services) {
    for (String service : services) {
      lastSequenceNumber = sendTo(SHARD, service);
    }
  }

  /** Answers its sequence number. */
  private String sendTo(String shard, String service) {
    BigInteger hashKey = shard.equals(SHARD) ? BigInteger.ZERO : BigInteger.ONE.shiftLeft(127);
    return clients
        .kinesis()
        .putRecord(
            put ->
                put.streamName(STREAM)
                    .partitionKey("key")
                    .explicitHashKey(hashKey.toString())
                    .data(SdkBytes.fromUtf8String(ShardReads.line(service, 1))))
        .sequenceNumber();
  }

  private void put(Exchange exchange) throws InterruptedException {
    putsTogether.countDown();
    boolean together = putsTogether.await(SOON.toSeconds(), SECONDS);
    assertThat(together).isTrue();
    Iterator<@Nullable NewObject> objects =
        sequencer.objects(exchange.getMessage().getBody(Batch.class));
    for (NewObject object = objects.next(); object != null; object = objects.next()) {
      Batch batch = object.batch();
      puts.add(batch.group().replaceFirst("service=(.*?)/.*", "$1"));
      sequencer.delivered(object);
    }
  }

  private Checkpoint checkpoint(String shard) {
    return checkpoints.load(
        new ShardId(
            STREAM,
            clients
                .kinesis()
                .describeStreamSummary(describe -> describe.streamName(STREAM))
                .streamDescriptionSummary()
                .streamCreationTimestamp(),
            shard));
  }

  /** Gives shards and takes them away, all at once. */
  private static final class Leases implements ShardAssignment {

    private volatile Set<String> held = Set.of();
    private volatile boolean handedOver;
    private volatile boolean settled;
    private volatile Runnable changed = () -> {};

    void take(String... shards) {
      change(Set.of(shards));
    }

    void lose() {
      change(Set.of());
    }

    void handOver() {
      handedOver = true;
      change(Set.of());
    }

    private void change(Set<String> shards) {
      held = shards;
      settled = false;
      changed.run();
    }

    @Override
    public Optional<Set<String>> shards(String stream) {
      return Optional.of(held);
    }

    @Override
    public void whenChanged(Runnable look) {
      changed = look;
    }

    @Override
    public boolean isHandedOver(String shard) {
      return handedOver;
    }

    @Override
    public void settled(Set<String> reading) {
      settled = reading.equals(held);
    }
  }
}
