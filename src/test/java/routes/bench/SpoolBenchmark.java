package routes.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import routes.delivery.Batch;
import routes.delivery.GroupSequencer;
import routes.delivery.Lake;
import routes.delivery.Lakes;
import routes.delivery.NewObject;
import routes.delivery.Partitioner;
import routes.format.Compression;
import routes.format.JsonLines;
import routes.format.ObjectFormat;
import routes.format.Parquet;
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
import routes.record.RecordParsers;
import routes.signal.Signal;
import routes.spool.Spool;

/**
 * Groups that outgrow memory, through the parts of delivery on one thread, in a process with so
 * much heap: {@code -Dbench.heap=256m -Dbench.groups=500 -Dbench.megabytes=8}, where no groups mean
 * one of each format, and no spool that all stays in memory.
 */
public final class SpoolBenchmark {

  private static final int MB = 1 << 20;
  private static final int BUFFER = 32 * MB;
  private static final Instant ARRIVAL = Instant.parse("2026-11-20T13:30:00Z");
  private static final ShardId SHARD = new ShardId("logs", Instant.EPOCH, "shardId-000000000000");
  private static final RecordParsers PARSERS =
      new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Reads reads = new Reads(PARSERS.of(Signal.LOGS), Integer.MAX_VALUE);
  private final ShardLedger ledger = new ShardLedger(Checkpoint.NONE);
  private final DuplicateWindow window = new DuplicateWindow(0, new WindowMemory(0));
  private final GroupSequencer sequencer = new GroupSequencer();
  private final Map<String, Batch> open = new HashMap<>();
  private final Iterator<byte[]> lines = LogLines.stream(Integer.MAX_VALUE).iterator();
  private final Lake lake;
  private long number;
  private long moveNanos;
  private long takeNanos;

  private SpoolBenchmark(ObjectFormat format, Optional<Spool> spool) {
    DeliveryBuffer buffer = new DeliveryBuffer(spool.isPresent() ? BUFFER : Long.MAX_VALUE);
    lake = Lakes.with(buffer, format, spool);
    buffer.open(ledger);
  }

  static void run() throws Exception {
    int status =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx" + System.getProperty("bench.heap", "256m"),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SpoolBenchmark.class.getName(),
                System.getProperty("bench.groups", "0"),
                System.getProperty("bench.megabytes", "128"),
                System.getProperty("bench.spool", "true"))
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("The process ended with " + status);
    }
  }

  /** Groups, or 0; their MB; whether they may go to disk. */
  public static void main(String[] args) throws Exception {
    int groups = Integer.parseInt(args[0]);
    int megabytes = Integer.parseInt(args[1]);
    Path folder = Files.createTempDirectory("spool");
    Optional<Spool> spool =
        Boolean.parseBoolean(args[2])
            ? Optional.of(Spool.open(folder, Long.MAX_VALUE))
            : Optional.empty();
    Parquet parquet = new Parquet(PARSERS, BUFFER / 2);
    if (groups > 0) {
      new SpoolBenchmark(parquet, spool).many(groups, megabytes);
    } else {
      for (ObjectFormat format :
          List.of(
              new JsonLines(Compression.NONE),
              new JsonLines(Compression.GZIP),
              new JsonLines(Compression.ZSTD),
              parquet)) {
        new SpoolBenchmark(format, spool).one(megabytes);
      }
    }
    System.out.printf("Peak memory of the process: %s%n", peakMemory());
    spool.ifPresent(Spool::close);
    Files.deleteIfExists(folder.resolve("lock"));
    Files.delete(folder);
  }

  /** One object after it was read. */
  private void one(int megabytes) throws IOException {
    read(1, megabytes);
    Batch batch = open.values().iterator().next();
    long before = THREADS.getCurrentThreadCpuTime();
    long stored = put(batch);
    double seconds = (THREADS.getCurrentThreadCpuTime() - before) / 1e9;
    double bytes = batch.bytes() / 1e6;
    System.out.printf(
        Locale.ROOT,
        "%-10s %.0f MB: taken at %.0f MB/s a core, moved at %.0f, encoded at %.0f, 1/%.2f%n",
        lake.format().suffix(),
        bytes,
        bytes / (takeNanos / 1e9),
        bytes / (moveNanos / 1e9),
        bytes / seconds,
        bytes * 1e6 / stored);
  }

  private void many(int groups, int megabytes) throws IOException {
    read(groups, megabytes);
    System.gc();
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    double bytes = open.values().stream().mapToLong(Batch::bytes).sum() / 1e6;
    System.out.printf(
        Locale.ROOT,
        "%d groups of %d MB are open: %d MB of heap, %d MB of them in the buffer; taken at %.0f MB/s a core, moved at %.0f%n",
        groups,
        megabytes,
        used / MB,
        lake.buffer().used() / MB,
        bytes / (takeNanos / 1e9),
        bytes / (moveNanos / 1e9));
    long before = THREADS.getCurrentThreadCpuTime();
    long stored = 0;
    for (Batch batch : open.values()) {
      stored += put(batch);
    }
    System.out.printf(
        Locale.ROOT,
        "encoded at %.0f MB/s a core, 1/%.2f%n",
        bytes / ((THREADS.getCurrentThreadCpuTime() - before) / 1e9),
        bytes * 1e6 / stored);
  }

  private long put(Batch batch) throws IOException {
    lake.open().closed(batch, "predicate");
    NewObject object = sequencer.objects(batch).next();
    long stored =
        object.content() instanceof File file ? file.length() : ((byte[]) object.content()).length;
    sequencer.delivered(object);
    return stored;
  }

  private void read(int groups, int megabytes) {
    long left = (long) groups * megabytes * MB;
    while (left > 0) {
      byte[] lines = lines(groups);
      left -= lines.length;
      String sequenceNumber = "49%054d".formatted(number);
      long before = THREADS.getCurrentThreadCpuTime();
      for (Reads.Part part : reads.parts(List.of(Reads.record(sequenceNumber, ARRIVAL, lines)))) {
        for (Batch more :
            new Partitioner(lake).partition(part.of(SHARD, ledger, window)).batches()) {
          open.put(more.correlation(), lake.open().append(open.get(more.correlation()), more));
        }
        window.commit();
        part.taken(ledger);
      }
      takeNanos += THREADS.getCurrentThreadCpuTime() - before;
      if (lake.buffer().isFull()) {
        before = THREADS.getCurrentThreadCpuTime();
        lake.open()
            .makeRoom(
                group -> {
                  throw new IllegalStateException("No room for " + group);
                });
        moveNanos += THREADS.getCurrentThreadCpuTime() - before;
      }
    }
  }

  /** As many as a read has, of all groups in turn. */
  private byte[] lines(int groups) {
    ByteArrayOutputStream read = new ByteArrayOutputStream(MB);
    while (read.size() < MB) {
      String line = new String(lines.next(), UTF_8);
      int second = (int) (number / 1_000 % 3_600);
      String time = "13:%02d:%02d.%03d".formatted(second / 60, second % 60, number % 1_000);
      read.writeBytes(
          line.replaceFirst("13:..:..\\....", time)
              .replaceFirst("service-..", "service-" + number % groups)
              .getBytes(UTF_8));
      read.write('\n');
      number++;
    }
    return read.toByteArray();
  }

  private static String peakMemory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .findFirst()
        .orElse("");
  }
}
