package routes.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.cloud.ObjectHeads;
import routes.format.Compression;
import routes.format.JsonLines;
import routes.format.Lines;
import routes.format.ObjectFormat;
import routes.format.Parquet;
import routes.format.StoredObject;
import routes.ledger.ObjectOrigin;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.partition.Partition;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.signal.Signal;
import routes.signal.Signals;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Two layers that cut one shard at other places, the batch layer begun late, away for a while and
 * not at the end yet. Whatever happens to a backfill on its way, the batch layer has no record
 * twice, and each one once both layers are at their end.
 */
class BackfillPropertyTest {

  private static final int HOUR = 493_000;
  private static final String RAW = "raw";
  private static final String BATCH = "batch";
  private static final ShardId SHARD = new ShardId("logs", Instant.EPOCH, "shardId-000000000000");
  private static final ObjectFormat PARQUET =
      new Parquet(
          new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
          1 << 20);

  private record Element(Position position, String line) {}

  /** An object's first element, and the one after its last. */
  private record Cut(int from, int to) {}

  private final InMemoryS3 s3 = new InMemoryS3();
  private final Map<String, Position> passed = new HashMap<>();
  private final Map<String, List<String>> all = new HashMap<>();
  private final List<Runnable> rest = new ArrayList<>();

  static IntStream seeds() {
    return IntStream.range(0, Integer.getInteger("backfill.seeds", 300));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void each_record_is_in_the_batch_layer_once_whatever_happens(int seed) throws Exception {
    Random random = new Random(seed);
    ObjectFormat format = seed % 10 == 0 ? PARQUET : new JsonLines(Compression.NONE);
    List<ObjectFormat> rawFormats =
        List.of(
            new JsonLines(List.of(Compression.values()).get(seed % 3)),
            seed % 7 == 0 ? PARQUET : new JsonLines(Compression.GZIP));
    for (int group = 0; group < 3; group++) {
      deliver(new Partition("s" + group % 2, HOUR + group / 2), random, rawFormats, format);
    }

    runWithTrouble(random, format);
    assertThatNothingOverlaps();
    linesByGroup()
        .forEach(
            (group, lines) ->
                assertThat(counted(lines))
                    .allSatisfy(
                        (line, count) ->
                            assertThat(count)
                                .isLessThanOrEqualTo(counted(all.get(group)).get(line))));

    rest.forEach(Runnable::run);
    assertThat(runWithTrouble(random, format)).isTrue();
    assertThatNothingOverlaps();
    assertThat(linesByGroup()).isEqualTo(all);

    int objects = s3.under(BATCH).size();
    assertThat(run(format, 50)).isTrue();
    assertThat(s3.under(BATCH)).hasSize(objects);
  }

  /** Delivers by both layers up to some place, and leaves the rest to be delivered later. */
  private void deliver(
      Partition partition, Random random, List<ObjectFormat> rawFormats, ObjectFormat format) {
    // Lines that are the same cannot be told amid a raw object that the batch layer is still at.
    boolean atEnd = random.nextBoolean();
    List<Element> elements = elements(random, 1 + random.nextInt(60), atEnd);
    int size = elements.size();
    int end = atEnd ? size : random.nextInt(size + 1);
    int begin = random.nextInt(end + 1);
    int away = begin + random.nextInt(end - begin + 1);
    int back = away + random.nextInt(end - away + 1);
    cut(begin, away, random).forEach(cut -> put(BATCH, partition, elements, cut, format));
    cut(back, end, random).forEach(cut -> put(BATCH, partition, elements, cut, format));
    passed.put(
        partition.path(), end == size ? Position.END : elements.get(end).position().before());
    List<Cut> later = cut(end, size, random);
    rest.add(
        () -> {
          later.forEach(cut -> put(BATCH, partition, elements, cut, format));
          passed.put(partition.path(), Position.END);
        });
    int rawEnd = random.nextInt(3) == 0 ? random.nextInt(size + 1) : size;
    for (Cut cut : cut(0, size, random)) {
      ObjectFormat rawFormat = rawFormats.get(random.nextInt(rawFormats.size()));
      Runnable put = () -> put(RAW, partition, elements, cut, rawFormat);
      if (cut.to() <= rawEnd) {
        put.run();
      } else {
        rest.add(put);
      }
    }
    all.put(partition.path(), elements.stream().map(Element::line).sorted().toList());
  }

  private static Map<String, Integer> counted(List<String> lines) {
    Map<String, Integer> counts = new HashMap<>();
    lines.forEach(line -> counts.merge(line, 1, Integer::sum));
    return counts;
  }

  private static List<Element> elements(Random random, int count, boolean sameLines) {
    List<Element> elements = new ArrayList<>();
    long number = 9_990;
    int index = 0;
    for (int i = 0; i < count; i++) {
      index += 1 + random.nextInt(2);
      if (random.nextInt(4) == 0) {
        number += 1 + random.nextInt(9);
        index = 0;
      }
      int text = sameLines && random.nextInt(3) == 0 ? random.nextInt(4) : i + 100;
      elements.add(
          new Element(
              new Position(Long.toString(number), index),
              "{\"timestamp\":\"2026-11-20T09:%s:00Z\",\"service\":\"s\",\"n\":%s}"
                  .formatted(10 + text % 7, text)));
    }
    return elements;
  }

  private static List<Cut> cut(int from, int to, Random random) {
    List<Cut> cuts = new ArrayList<>();
    for (int begin = from; begin < to; ) {
      int end = Math.min(to, begin + 1 + random.nextInt(12));
      cuts.add(new Cut(begin, end));
      begin = end;
    }
    return cuts;
  }

  private void put(
      String bucket, Partition partition, List<Element> elements, Cut cut, ObjectFormat format) {
    List<Element> some = elements.subList(cut.from(), cut.to());
    ObjectOrigin origin =
        new ObjectOrigin(
            SHARD, some.get(0).position(), some.get(some.size() - 1).position(), some.size());
    try {
      s3.put(
          bucket,
          origin.nameIn(partition).stem() + format.suffix(),
          origin.toMetadata(),
          format.encode(new Lines(Signal.LOGS, some.stream().map(Element::line).toList())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends now and then where it stands, and has another one beside it that cuts otherwise. */
  private boolean runWithTrouble(Random random, ObjectFormat format) throws Exception {
    AtomicBoolean isOther = new AtomicBoolean();
    s3.before(
        () -> {
          if (isOther.get()) {
            return;
          }
          if (random.nextInt(20) == 0) {
            throw SdkClientException.create("killed");
          }
          if (random.nextInt(40) == 0) {
            isOther.set(true);
            try {
              run(format, 1 + random.nextInt(20));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            isOther.set(false);
          }
        });
    while (true) {
      try {
        boolean complete = run(format, 1 + random.nextInt(20));
        s3.before(() -> {});
        return complete;
      } catch (SdkClientException killed) {
        // Run again.
      }
    }
  }

  private boolean run(ObjectFormat format, int records) throws IOException, InterruptedException {
    try (ObjectHeads heads = new ObjectHeads(s3)) {
      return new Backfill(
              s3,
              new Signals.Place(Signal.LOGS, "logs", RAW),
              BATCH,
              (shard, group) -> Objects.requireNonNull(passed.get(group)),
              new Backfill.ObjectSize(1 << 20, records),
              format,
              heads,
              new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
          .run(new BackfillOptions(HOUR, HOUR + 2, Optional.empty()));
    }
  }

  private Map<String, List<String>> linesByGroup() throws IOException {
    Map<String, List<String>> lines = new HashMap<>();
    for (Map.Entry<String, InMemoryS3.Stored> object : s3.under(BATCH).entrySet()) {
      try (StoredObject.Unpacked content =
          StoredObject.unpack(new ByteArrayInputStream(object.getValue().content()))) {
        List<String> some = new String(content.in().readAllBytes(), UTF_8).lines().toList();
        ObjectOrigin origin = ObjectOrigin.of(object.getValue().metadata()).orElseThrow();
        assertThat(origin.records()).isEqualTo(some.size());
        assertThat(origin.names(object.getKey())).isTrue();
        String group = object.getKey().substring(0, object.getKey().lastIndexOf('/'));
        lines.computeIfAbsent(group, path -> new ArrayList<>()).addAll(some);
      }
    }
    lines.values().forEach(group -> group.sort(null));
    return lines;
  }

  private void assertThatNothingOverlaps() {
    Map<String, List<LayerObject>> groups = new HashMap<>();
    s3.under(BATCH)
        .forEach(
            (key, object) ->
                groups
                    .computeIfAbsent(
                        key.substring(0, key.lastIndexOf('/')), group -> new ArrayList<>())
                    .add(
                        new LayerObject(
                            BATCH, key, ObjectOrigin.of(object.metadata()).orElseThrow())));
    for (List<LayerObject> group : groups.values()) {
      for (LayerObject one : group) {
        assertThat(group.stream().filter(one::overlaps)).containsExactly(one);
      }
    }
  }
}
