package routes.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.format.Compression;
import routes.format.JsonLines;
import routes.format.ObjectFormat;
import routes.format.Parquet;
import routes.kinesis.read.KinesisRecord;
import routes.kinesis.read.Reads;
import routes.ledger.Checkpoint;
import routes.ledger.DeliveryBuffer;
import routes.ledger.DuplicateWindow;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.ledger.WindowMemory;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.signal.Signal;
import routes.spool.FlakyDisk;
import routes.spool.Spool;

class SpooledBatchTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final ShardId SHARD = new ShardId("logs", NOON, "shard-0");
  private static final RecordParsers PARSERS =
      new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);

  /** Each of several Kinesis records. */
  private static final int READS = 20;

  private static final int RECORDS_PER_READ = 30;
  private static final int HEAD_BYTES = 6_000;

  private final FlakyDisk disk = new FlakyDisk();
  private final GroupSequencer sequencer = new GroupSequencer(HEAD_BYTES);
  private Spool spool;

  @TempDir Path folder;

  @BeforeEach
  void open() {
    spool = disk.spool(folder, 10 << 20);
  }

  @AfterEach
  void close() {
    spool.close();
  }

  static Stream<ObjectFormat> formats() {
    return Stream.of(
        new JsonLines(Compression.NONE),
        new JsonLines(Compression.GZIP),
        new JsonLines(Compression.ZSTD),
        new Parquet(PARSERS, 1 << 20));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void an_object_is_the_same_whether_its_records_were_on_disk(ObjectFormat format)
      throws IOException {
    NewObject inMemory = object(new Worker(format, Optional.empty()).read());
    Worker worker = new Worker(format, Optional.of(spool));
    Batch batch = worker.read();
    long read = worker.buffer.used();
    batch = worker.grow(batch);
    assertThat(batch.spooledBytes()).isPositive();
    assertThat(worker.buffer.used()).isEqualTo(batch.cost()).isLessThan(read / 3);

    NewObject object = object(batch);

    assertThat(object.content()).isInstanceOf(File.class);
    NewObject grown = object(new Worker(format, Optional.empty()).readAndGrow());
    assertThat(object.key()).isEqualTo(grown.key()).isEqualTo(inMemory.key());
    assertThat(object.metadata()).isEqualTo(grown.metadata());
    assertThat(Lakes.bytes(object)).isEqualTo(Lakes.bytes(grown)).isNotEqualTo(inMemory.content());
    assertThat(object.accounted()).isEqualTo(grown.accounted());
    sequencer.delivered(object);
    assertThat(worker.buffer.used()).isZero();
    assertThat(spool.used()).isZero();
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void what_is_left_after_an_object_that_is_there_is_the_same_too(ObjectFormat format)
      throws IOException {
    Batch inMemory = new Worker(format, Optional.empty()).readAndGrow();
    Batch onDisk = new Worker(format, Optional.of(spool)).readAndGrow();
    for (Position there :
        List.of(
            onDisk.first().before(),
            onDisk.first(),
            new Position("105", 3),
            new Position("105", 4),
            new Position("119", 29),
            new Position("121", 0))) {
      NewObject rest = object(onDisk.after(there));
      NewObject expected = object(inMemory.after(there));
      assertThat(rest.key()).isEqualTo(expected.key());
      assertThat(rest.metadata()).isEqualTo(expected.metadata());
      assertThat(Lakes.bytes(rest)).isEqualTo(Lakes.bytes(expected));
    }
    assertThat(onDisk.after(onDisk.last())).isNull();
  }

  @Test
  void the_file_is_there_until_nothing_is_left_of_the_batch() throws IOException {
    Worker worker = new Worker(new JsonLines(Compression.NONE), Optional.of(spool));
    Batch batch = worker.readAndGrow();
    Iterator<@Nullable NewObject> objects = sequencer.objects(batch);
    NewObject object = objects.next();
    Lakes.bytes(object);
    assertThat(files()).hasSize(2);

    sequencer.resume(object.batch(), new Position("110", 3), Optional.of(List.of()));

    assertThat(files()).hasSize(1);
    NewObject rest = objects.next();
    assertThat(new String(Lakes.bytes(rest), UTF_8)).startsWith(line(110, 5)).endsWith("\n");
    sequencer.delivered(rest);
    assertThat(files()).isEmpty();
  }

  @Test
  void a_put_that_failed_finds_its_file_again_or_makes_it_again() throws IOException {
    Batch batch = new Worker(new JsonLines(Compression.GZIP), Optional.of(spool)).readAndGrow();
    NewObject first = sequencer.objects(batch).next();
    byte[] bytes = Lakes.bytes(first);
    disk.setFull(true);

    NewObject again = sequencer.objects(batch).next();
    assertThat(again.content()).isEqualTo(first.content());
    disk.setFull(false);
    Files.delete(((File) first.content()).toPath());

    assertThat(Lakes.bytes(sequencer.objects(batch).next())).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void a_disk_that_takes_no_object_makes_smaller_ones_in_memory(ObjectFormat format)
      throws IOException {
    Worker worker = new Worker(format, Optional.of(spool));
    Batch batch = worker.readAndGrow();
    disk.setFull(true);
    assertThatThrownBy(() -> sequencer.objects(batch).next().content())
        .hasMessage("No space left on device");

    Iterator<@Nullable NewObject> objects = sequencer.objects(batch);
    List<NewObject> put = new ArrayList<>();
    for (NewObject object = objects.next(); object != null; object = objects.next()) {
      assertThat(object.content()).isInstanceOf(byte[].class);
      put.add(object);
      sequencer.delivered(object);
    }

    assertThat(put).hasSizeGreaterThan(5);
    assertThat(lines(put)).isEqualTo(lines(List.of(new NewObject(batch, allOf(worker)))));
    assertThat(put.get(1).part().first()).isGreaterThan(put.get(0).part().last());
    assertThat(worker.buffer.used()).isZero();
    assertThat(files()).isEmpty();
  }

  @Test
  void on_a_full_disk_batches_are_closed_as_if_there_was_none() {
    Worker worker = new Worker(new JsonLines(Compression.NONE), Optional.of(spool));
    disk.setFull(true);
    List<String> closed = new ArrayList<>();
    Batch batch = worker.append(null, 100, 100 + READS);

    worker.lake.open().makeRoom(closed::add);

    assertThat(closed).containsExactly(batch.correlation());
    assertThat(batch.spooledBytes()).isZero();
    assertThat(worker.buffer.used()).isEqualTo(batch.cost());
    assertThat(spool.trouble()).isPresent();
  }

  @Test
  void when_the_disk_has_what_it_may_have_the_largest_on_it_are_closed() throws IOException {
    Spool small = new FlakyDisk().spool(Files.createDirectory(folder.resolve("small")), 80_000);
    Worker worker = new Worker(new JsonLines(Compression.NONE), Optional.of(small));
    List<String> closed = new ArrayList<>();
    Batch batch = worker.append(null, 100, 110);
    worker.lake.open().makeRoom(closed::add);
    assertThat(closed).isEmpty();
    assertThat(batch.spooledBytes()).isGreaterThan(40_000);

    batch = worker.append(batch, 110, 120);
    worker.lake.open().makeRoom(closed::add);

    assertThat(closed).containsExactly(batch.correlation());
    small.close();
  }

  @Test
  void a_batch_that_is_closed_moves_no_more() throws IOException {
    Worker worker = new Worker(new JsonLines(Compression.NONE), Optional.of(spool));
    Batch batch = worker.append(null, 100, 110);
    worker.lake.open().closed(batch, "predicate");

    assertThat(batch.moveTo(spool)).isZero();
    assertThat(worker.lake.open().count()).isZero();
  }

  private static NewObject object(@Nullable Batch batch) {
    return new NewObject(batch, batch);
  }

  private static Batch allOf(Worker worker) {
    return new Worker(worker.lake.format(), Optional.empty()).readAndGrow();
  }

  private static List<String> lines(List<NewObject> objects) throws IOException {
    List<String> lines = new ArrayList<>();
    for (NewObject object : objects) {
      object
          .part()
          .eachLine(
              line -> {
                try {
                  lines.add(line.read().toString());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return lines;
  }

  private List<Path> files() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.spooled")) {
      List<Path> all = new ArrayList<>();
      files.forEach(all::add);
      return all;
    }
  }

  /** Of neighbours each fifth is a copy, and times go up and down. */
  private static String line(int number, int index) {
    return "{\"service\":\"a\",\"timestamp\":\"2026-11-20T11:%s:%sZ\",\"record_id\":\"%s\",\"message\":\"%s\"}\n"
        .formatted(
            10 + (number * 7) % 50,
            10 + index,
            number + "." + (index % 5 == 4 ? index - 1 : index),
            "x".repeat(100 + number % 13));
  }

  /** What reads a shard whose records all are of one group. */
  private static final class Worker {

    private final ShardLedger ledger = new ShardLedger(Checkpoint.NONE);
    private final DeliveryBuffer buffer = new DeliveryBuffer(20_000);
    private final DuplicateWindow window = new DuplicateWindow(60_000, new WindowMemory(1 << 20));
    private final Lake lake;

    Worker(ObjectFormat format, Optional<Spool> spool) {
      lake = Lakes.with(buffer, format, spool);
      buffer.open(ledger);
    }

    /** Half of it before memory runs short, and half of it after. */
    Batch readAndGrow() {
      return grow(read());
    }

    Batch read() {
      return append(null, 100, 100 + READS / 2);
    }

    Batch grow(Batch batch) {
      lake.open().makeRoom(group -> {});
      Batch grown = append(batch, 100 + READS / 2, 100 + READS);
      lake.open().makeRoom(group -> {});
      grown = append(grown, 100 + READS, 102 + READS);
      lake.open().closed(grown, "predicate");
      return grown;
    }

    Batch append(@Nullable Batch batch, int from, int to) {
      Batch grown = batch;
      for (int number = from; number < to; number++) {
        StringBuilder payload = new StringBuilder();
        for (int index = 0; index < RECORDS_PER_READ; index++) {
          payload.append(line(number, index));
        }
        KinesisRecord record =
            Reads.record(
                Integer.toString(number),
                NOON.plusSeconds(number * 60L),
                payload.toString().getBytes(UTF_8));
        Grouping read =
            new Partitioner(lake)
                .partition(
                    new Reads(PARSERS.of(Signal.LOGS), 10_000)
                        .part(SHARD, ledger, window, List.of(record)));
        window.commit();
        for (Batch more : read.batches()) {
          grown = lake.open().append(grown, more);
        }
      }
      return grown;
    }
  }
}
