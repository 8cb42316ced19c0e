package routes.local.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardLogTest {

  private static final long LARGE = 1 << 30;

  @TempDir Path directory;

  @Test
  void a_torn_tail_at_any_byte_leaves_exactly_the_records_before_it() throws IOException {
    Path file;
    List<Long> ends = new ArrayList<>();
    try (ShardLog log = ShardLog.open(directory, LARGE)) {
      file = onlySegment(directory);
      for (int i = 0; i < 5; i++) {
        put(log, i, "record-" + i);
        ends.add(Files.size(file));
      }
    }
    byte[] whole = Files.readAllBytes(file);

    for (int cut = 0; cut <= whole.length; cut++) {
      Path copy = directory.resolve("cut-" + cut);
      Files.createDirectories(copy);
      Files.write(copy.resolve(file.getFileName()), Arrays.copyOf(whole, cut));
      long end = cut;
      int left = (int) ends.stream().filter(e -> e <= end).count();
      try (ShardLog log = ShardLog.open(copy, LARGE)) {
        assertThat(texts(log, 0)).isEqualTo(expected(0, left));
        put(log, 9, "next");
        assertThat(texts(log, left + 1)).containsExactly("next");
      }
      try (ShardLog log = ShardLog.open(copy, LARGE)) {
        assertThat(texts(log, 0)).hasSize(left + 1).endsWith("next");
      }
    }
  }

  @Test
  void any_damaged_byte_in_the_last_record_cuts_it_off() throws IOException {
    Path file;
    long start;
    try (ShardLog log = ShardLog.open(directory, LARGE)) {
      file = onlySegment(directory);
      put(log, 1, "record-0");
      start = Files.size(file);
      put(log, 1, "record-1");
    }
    byte[] whole = Files.readAllBytes(file);

    for (int i = (int) start; i < whole.length; i++) {
      Path copy = directory.resolve("damaged-" + i);
      Files.createDirectories(copy);
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      Files.write(copy.resolve(file.getFileName()), damaged);
      try (ShardLog log = ShardLog.open(copy, LARGE)) {
        assertThat(texts(log, 0)).containsExactly("record-0");
      }
    }
  }

  @Test
  void damage_in_a_full_segment_is_reported_with_its_place() throws IOException {
    try (ShardLog log = ShardLog.open(directory, 1)) {
      for (int i = 0; i < 3; i++) {
        put(log, i, "record-" + i);
      }
    }
    Path first = segments(directory).get(0);
    byte[] bytes = Files.readAllBytes(first);
    bytes[bytes.length - 1] ^= 1;
    Files.write(first, bytes);

    try (ShardLog log = ShardLog.open(directory, 1)) {
      assertThatThrownBy(() -> texts(log, 0))
          .isInstanceOf(Segment.CorruptRecordException.class)
          .hasMessageContaining(first + " is damaged at byte 8");
      assertThat(texts(log, 2)).containsExactly("record-1", "record-2");
    }
  }

  @Test
  void a_file_of_another_format_is_refused() throws IOException {
    Files.writeString(directory.resolve("0000000000000000001.log"), "something else");

    assertThatThrownBy(() -> ShardLog.open(directory, LARGE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no segment of a format known here");
  }

  @Test
  void reading_begins_at_any_record_of_any_segment() throws IOException {
    int records = 3000;
    String padding = "x".repeat(300);
    try (ShardLog log = ShardLog.open(directory, 256 << 10)) {
      for (int batch = 0; batch < 30; batch++) {
        int first = batch * 100;
        log.await(
            log.append(
                IntStream.range(first, first + 100).mapToObj(i -> entry(i + padding)).toList(),
                batch));
      }
    }
    try (ShardLog log = ShardLog.open(directory, 256 << 10)) {
      assertThat(segments(directory)).hasSizeGreaterThan(3);
      for (int counter = 1; counter <= records; counter += 7) {
        List<String> one = new ArrayList<>();
        log.segments().read(counter, record -> one.isEmpty() && one.add(text(record)));
        assertThat(one).containsExactly((counter - 1) + padding);
      }
      assertThat(texts(log, records + 1)).isEmpty();
    }
  }

  @Test
  void reading_the_end_of_a_large_segment_reads_little_of_it() throws IOException {
    try (ShardLog log = ShardLog.open(directory, LARGE)) {
      for (int i = 0; i < 100; i++) {
        put(log, i, "x".repeat(10_000));
      }
    }
    List<Path> files = segments(directory);
    Segment segment = Segment.of(directory, files.get(0).getFileName().toString());
    segment.scan();

    for (int counter = 1; counter <= 100; counter++) {
      long offset = segment.index().offsetForCounter(counter);
      long exact = 8 + (counter - 1) * (segment.length() - 8) / 100;
      assertThat(exact - offset).isBetween(0L, SparseIndex.INTERVAL_BYTES + 10_100L);
    }
  }

  @Test
  void a_record_is_found_by_its_arrival() throws IOException {
    try (ShardLog log = ShardLog.open(directory, 100)) {
      for (int i = 0; i < 20; i++) {
        put(log, 10L * (i / 2), "record-" + i);
      }

      for (int arrival = 0; arrival <= 90; arrival++) {
        assertThat(log.segments().counterAt(arrival)).isEqualTo(2L * ((arrival + 9) / 10) + 1);
      }
      assertThat(log.segments().counterAt(91)).isEqualTo(21);
    }
  }

  @Test
  void arrivals_never_go_back() throws IOException {
    try (ShardLog log = ShardLog.open(directory, LARGE)) {
      put(log, 50, "a");
      put(log, 40, "b");
    }
    List<Long> arrivals = new ArrayList<>();
    try (ShardLog log = ShardLog.open(directory, LARGE)) {
      put(log, 30, "c");
      log.segments().read(0, record -> arrivals.add(record.arrival()));
    }

    assertThat(arrivals).containsExactly(50L, 50L, 50L);
  }

  @Test
  void trimming_deletes_whole_segments_and_never_the_last() throws IOException {
    try (ShardLog log = ShardLog.open(directory, 1)) {
      for (int i = 0; i < 5; i++) {
        put(log, i, "record-" + i);
      }
      log.segments().trim(3);
      assertThat(texts(log, 0)).containsExactly("record-3", "record-4");
      log.segments().trim(100);
      assertThat(texts(log, 0)).containsExactly("record-4");
    }
    try (ShardLog log = ShardLog.open(directory, 1)) {
      assertThat(segments(directory)).hasSize(1);
      put(log, 100, "record-5");
      assertThat(texts(log, 6)).containsExactly("record-5");
    }
  }

  @Test
  void a_lost_or_damaged_index_file_is_made_again() throws IOException {
    try (ShardLog log = ShardLog.open(directory, 1)) {
      for (int i = 0; i < 3; i++) {
        put(log, i, "record-" + i);
      }
    }
    Path first = IndexFile.of(segments(directory).get(0));
    Path second = IndexFile.of(segments(directory).get(1));
    byte[] intact = Files.readAllBytes(second);
    Files.delete(first);
    Files.write(second, new byte[] {1, 2, 3});

    try (ShardLog log = ShardLog.open(directory, 1)) {
      assertThat(texts(log, 0)).isEqualTo(expected(0, 3));
    }
    assertThat(first).exists();
    assertThat(second).hasBinaryContent(intact);
  }

  @Test
  void a_put_that_cannot_be_written_fails_and_the_next_one_does_not_see_it() throws IOException {
    try (ShardLog log = ShardLog.open(directory, 1)) {
      put(log, 1, "record-0");
      Path obstacle = directory.resolve("0000000000000000002.log");
      Files.createDirectory(obstacle);

      assertThatThrownBy(() -> put(log, 2, "lost")).isInstanceOf(IOException.class);

      Files.delete(obstacle);
      put(log, 3, "record-1");
      assertThat(texts(log, 0)).containsExactly("record-0", "record-1");
    }
    try (ShardLog log = ShardLog.open(directory, 1)) {
      assertThat(texts(log, 0)).containsExactly("record-0", "record-1");
    }
  }

  @Test
  void an_interrupted_thread_still_writes() throws IOException {
    try (ShardLog log = ShardLog.open(directory, LARGE)) {
      Thread.currentThread().interrupt();
      put(log, 1, "record-0");
      assertThat(Thread.interrupted()).isTrue();
      put(log, 2, "record-1");
      assertThat(texts(log, 0)).containsExactly("record-0", "record-1");
    }
  }

  private static void put(ShardLog log, long now, String text) throws IOException {
    log.await(log.append(List.of(entry(text)), now));
  }

  private static PutEntry entry(String text) {
    return new PutEntry("key", text.getBytes(UTF_8), null);
  }

  private static List<String> texts(ShardLog log, long fromCounter) throws IOException {
    List<String> texts = new ArrayList<>();
    log.segments().read(fromCounter, record -> texts.add(text(record)));
    return texts;
  }

  private static String text(RecordCursor record) {
    return new String(record.array(), record.dataStart(), record.dataLength(), UTF_8);
  }

  private static List<String> expected(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "record-" + i).toList();
  }

  private static Path onlySegment(Path directory) throws IOException {
    return segments(directory).get(0);
  }

  private static List<Path> segments(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(Segment.SUFFIX)).sorted().toList();
    }
  }
}
