package routes.bench;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import routes.ledger.AccountedObject;
import routes.ledger.Arrivals;
import routes.ledger.Checkpoint;
import routes.ledger.CheckpointStore;
import routes.ledger.HourCount;
import routes.ledger.Position;
import routes.ledger.SettingsGuard;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.signal.Layer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * What the standing audit costs a shard of 200 services: the ledger's work for a million records,
 * with and without counting, and checkpoints with and without what was counted, by turns. CPU time
 * of the thread that does it.
 */
final class AuditBenchmark {

  private static final int RECORDS = 1_000_000;
  private static final int OBJECT_RECORDS = 5_000;
  private static final int SERVICES = 200;
  private static final int CHECKPOINTS = 1_000;
  private static final int ROUNDS = 7;
  private static final Instant ARRIVAL = Instant.parse("2026-11-20T13:30:00Z");
  private static final ShardId SHARD = new ShardId("logs", Instant.EPOCH, "shardId-000000000000");

  private AuditBenchmark() {}

  static void run() {
    CheckpointStore store =
        new CheckpointStore(
            new Nowhere(), "state", Layer.RAW, new SettingsGuard(new TreeMap<>(), true));
    for (int round = 1; round <= ROUNDS; round++) {
      long bare = cpu(() -> deliver(false));
      long counted = cpu(() -> deliver(true));
      Checkpoint with = deliver(true).checkpoint();
      Checkpoint without = deliver(false).checkpoint();
      long small = cpu(() -> save(store, without));
      long large = cpu(() -> save(store, with));
      System.out.printf(
          Locale.ROOT,
          "a million records: %d ms without counting, %d ms with; a checkpoint: %d µs without, %d µs with%n",
          bare / 1_000_000,
          counted / 1_000_000,
          small / 1_000 / CHECKPOINTS,
          large / 1_000 / CHECKPOINTS);
    }
  }

  private static ShardLedger deliver(boolean counting) {
    ShardLedger ledger = new ShardLedger(Checkpoint.NONE);
    long hour = Arrivals.hour(ARRIVAL);
    for (int number = 0; number < RECORDS; number++) {
      String sequenceNumber = Integer.toString(RECORDS + number);
      if (counting) {
        ledger.count(sequenceNumber, ARRIVAL, 1);
      }
      ledger.readTo(Position.endOf(sequenceNumber), ARRIVAL);
      if (number % OBJECT_RECORDS == 0) {
        String group = "service=s" + number / OBJECT_RECORDS % SERVICES;
        Position last = new Position(sequenceNumber, 0);
        if (counting) {
          HourCount count = new HourCount(0, OBJECT_RECORDS, 0, 0);
          AccountedObject object =
              new AccountedObject(hour, UUID.randomUUID(), 1_000_000, Arrivals.of(hour, count));
          ledger.deliver(group, last, List.of(object));
        } else {
          ledger.deliver(group, last);
        }
      }
    }
    return ledger;
  }

  private static void save(CheckpointStore store, Checkpoint checkpoint) {
    for (int i = 0; i < CHECKPOINTS; i++) {
      store.save(SHARD, checkpoint, false);
    }
  }

  private static long cpu(Runnable work) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
  }

  /** Takes whatever is written. */
  private static final class Nowhere implements S3Client {

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      return PutObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }
}
