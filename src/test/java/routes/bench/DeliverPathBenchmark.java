package routes.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import routes.delivery.Batch;
import routes.delivery.Lake;
import routes.delivery.Lakes;
import routes.delivery.NewObject;
import routes.delivery.Partitioner;
import routes.format.Compression;
import routes.format.JsonLines;
import routes.format.ObjectFormat;
import routes.format.Parquet;
import routes.kinesis.read.KinesisRecord;
import routes.kinesis.read.Reads;
import routes.ledger.Checkpoint;
import routes.ledger.DeliveryBuffer;
import routes.ledger.DuplicateWindow;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.ledger.WindowMemory;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.record.RecordParsers;

/**
 * From the records of a read to the bytes of objects, on one thread: parse, recognise copies,
 * partition, join, compress. 100,000 lines of about 375 bytes, 20 services, all in one hour.
 */
public final class DeliverPathBenchmark {

  private static final int RECORDS = 100_000;
  private static final int RECORDS_A_READ = 10_000;
  private static final int ROUNDS = 15;
  private static final ShardId SHARD = new ShardId("logs", Instant.EPOCH, "shardId-000000000000");
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private final Reads reads =
      new Reads(
          new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
          RECORDS_A_READ);
  private final Lake lake;
  private final Partitioner partitioner;
  private final ShardLedger ledger = new ShardLedger(Checkpoint.NONE);
  private final DuplicateWindow window = new DuplicateWindow(60_000, new WindowMemory(16 << 20));
  private final Map<String, Batch> open = new HashMap<>();
  private long cpuNanos;
  private long allocated;

  private DeliverPathBenchmark(ObjectFormat format) {
    lake = Lakes.with(new DeliveryBuffer(Long.MAX_VALUE), format);
    partitioner = new Partitioner(lake);
  }

  public static void main(String[] args) throws Exception {
    List<KinesisRecord> records = records();
    double megabytes = records.stream().mapToLong(r -> r.data().length() + 1).sum() / 1e6;
    for (ObjectFormat format : formats()) {
      double[] rates = new double[ROUNDS];
      double ratio = 0;
      long allocated = 0;
      for (int round = 0; round < ROUNDS; round++) {
        DeliverPathBenchmark delivery = new DeliverPathBenchmark(format);
        ratio = megabytes * 1e6 / delivery.deliver(records);
        allocated = delivery.allocated;
        rates[round] = megabytes / (delivery.cpuNanos / 1e9);
      }
      double[] warm = DoubleStream.of(rates).skip(ROUNDS / 3).sorted().toArray();
      System.out.printf(
          "%-10s median %.0f MB/s, best %.0f MB/s per core, ratio %.2f, %d bytes allocated a record%n",
          format.suffix(),
          warm[warm.length / 2],
          warm[warm.length - 1],
          ratio,
          allocated / RECORDS);
    }
  }

  private static List<ObjectFormat> formats() {
    List<ObjectFormat> formats = new ArrayList<>();
    for (Compression compression : Compression.values()) {
      formats.add(new JsonLines(compression));
    }
    formats.add(
        new Parquet(
            new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
            Integer.MAX_VALUE));
    return formats;
  }

  /** Delivers all records to nowhere and answers how many bytes the objects have. */
  private long deliver(List<KinesisRecord> records) throws Exception {
    for (int from = 0; from < RECORDS; from += RECORDS_A_READ) {
      List<KinesisRecord> read = asReceived(records.subList(from, from + RECORDS_A_READ));
      long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
      long before = THREADS.getCurrentThreadCpuTime();
      take(read);
      cpuNanos += THREADS.getCurrentThreadCpuTime() - before;
      allocated += THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    }
    long before = THREADS.getCurrentThreadCpuTime();
    long bytes = 0;
    for (Batch batch : open.values()) {
      bytes += Lakes.bytes(new NewObject(batch, batch)).length;
    }
    cpuNanos += THREADS.getCurrentThreadCpuTime() - before;
    return bytes;
  }

  private void take(List<KinesisRecord> read) {
    for (Reads.Part part : reads.parts(read)) {
      for (Batch batch : partitioner.partition(part.of(SHARD, ledger, window)).batches()) {
        open.put(batch.correlation(), lake.open().append(open.get(batch.correlation()), batch));
      }
      window.commit();
      part.taken(ledger);
    }
  }

  /** As the client leaves a read behind: just written, and so as near to the core as it fits. */
  private static List<KinesisRecord> asReceived(List<KinesisRecord> records) {
    return records.stream()
        .map(
            record ->
                Reads.record(
                    record.sequenceNumber(), record.arrival(), record.data().toByteArray()))
        .toList();
  }

  private static List<KinesisRecord> records() {
    Instant arrival = Instant.parse("2026-11-20T13:30:00Z");
    List<KinesisRecord> records = new ArrayList<>(RECORDS);
    for (byte[] line : LogLines.of(RECORDS)) {
      int number = records.size();
      records.add(Reads.record("49%054d".formatted(number), arrival.plusMillis(number), line));
    }
    return records;
  }
}
