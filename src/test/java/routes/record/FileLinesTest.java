package routes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static routes.record.Records.ARRIVAL;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FileLinesTest {

  private static final FileSource FILE = new FileSource("logs.jsonl", "inode 7", 3);
  private static final String A = "{\"timestamp\":1,\"service\":\"a\",\"record_id\":\"1\"}";
  private static final String B = "{\"timestamp\":2,\"service\":\"b\",\"record_id\":\"2\"}";
  private static final int MAX_RECORD = 100;

  private final RecordParser parser =
      new RecordParser(
          FieldNames.DEFAULT, new RecordLimits(MAX_RECORD, 10, Duration.ZERO), service -> null);

  @Test
  void a_file_is_read_in_batches_of_lines() {
    List<LineBatch> batches = read(A + "\n" + B + "\r\n\n \n" + A, 2, 1000);

    assertThat(batches)
        .extracting(LineBatch::offset, LineBatch::endOffset, b -> Records.lines(b.accepted()))
        .containsExactly(
            tuple(0L, 93L, List.of(ByteSlice.utf8(A), ByteSlice.utf8(B))),
            tuple(93L, 141L, List.of(ByteSlice.utf8(A))));
    assertThat(batches).allSatisfy(batch -> assertThat(batch.file()).isEqualTo(FILE));
    assertThat(batches).allSatisfy(batch -> assertThat(batch.rejected()).isEmpty());
  }

  @Test
  void bytes_close_a_batch_too() {
    assertThat(read((A + "\n").repeat(5), 100, 2 * A.length()))
        .extracting(batch -> batch.accepted().size())
        .containsExactly(2, 2, 1);
  }

  @Test
  void a_line_that_is_no_record_is_rejected_with_its_place() {
    List<LineBatch> batches = read("\uFEFF" + A + "\n\n  oops \r\n" + B + B + "\n", 100, 1000);

    assertThat(batches).hasSize(1);
    assertThat(batches.get(0).accepted()).extracting(LogRecord::id).containsExactly("1");
    assertThat(batches.get(0).rejected())
        .extracting(
            RejectedLine::number,
            RejectedLine::offset,
            RejectedLine::length,
            line -> line.rejection().reason(),
            line -> line.bytes().toString())
        .containsExactly(
            tuple(3L, 50L, 8L, Reason.NOT_AN_OBJECT, "oops"),
            tuple(4L, 59L, 90L, Reason.NOT_JSON, B + B));
  }

  @Test
  void a_line_too_long_to_be_held_is_rejected_by_its_length() {
    String tooLong = "x".repeat(1234);

    assertThat(read(A + "\n" + tooLong + "\n" + B + "\n" + tooLong, 100, 50))
        .flatExtracting(LineBatch::rejected)
        .containsExactly(
            new RejectedLine(2, 46, 1234, tooLarge(), ByteSlice.utf8("")),
            new RejectedLine(4, 1327, 1234, tooLarge(), ByteSlice.utf8("")));
    assertThat(read(A + "\n" + tooLong + "\n" + B + "\n", 100, 50))
        .flatExtracting(LineBatch::accepted)
        .extracting(LogRecord::id)
        .containsExactly("1", "2");
  }

  private static Rejection tooLarge() {
    return new Rejection(Reason.TOO_LARGE, "The line takes 1234 bytes, of at most 100");
  }

  @Test
  void the_longest_record_is_held_with_its_line_end() {
    String longest = A.replace("\"1\"", "\"" + "1".repeat(MAX_RECORD - A.length() + 1) + "\"");
    assertThat(longest).hasSize(MAX_RECORD);

    assertThat(read(longest + "\r\n" + longest + "\r\n", 1, 1))
        .extracting(batch -> batch.accepted().size())
        .containsExactly(1, 1);
  }

  @Test
  void a_line_without_an_id_gets_one_from_where_it_stands() {
    String line = "{\"timestamp\":1,\"service\":\"a\"}";
    List<String> ids = ids(FILE, line + "\n" + line);

    assertThat(ids).doesNotHaveDuplicates().hasSize(2).allMatch(id -> id.matches("[0-9a-f]{32}"));
    assertThat(ids(FILE, line + "\n" + line)).isEqualTo(ids);
    assertThat(ids(new FileSource("renamed", "inode 7", 3), line)).isEqualTo(ids.subList(0, 1));
    assertThat(ids(FILE, line.replace("a", "b"))).doesNotContainAnyElementsOf(ids);
    assertThat(ids(new FileSource("logs.jsonl", "inode 7", 4), line))
        .doesNotContainAnyElementsOf(ids);
    assertThat(ids(new FileSource("logs.jsonl", "inode 8", 3), line))
        .doesNotContainAnyElementsOf(ids);
  }

  @Test
  void a_record_carries_the_id_it_was_given() {
    LogRecord record = read("{\"timestamp\":1,\"service\":\"a\"}", 1, 1).get(0).accepted().get(0);

    assertThat(record.line())
        .hasToString("{\"timestamp\":1,\"service\":\"a\",\"ingest_id\":\"" + record.id() + "\"}");
  }

  @Test
  void an_empty_file_has_no_batches() {
    assertThat(read("", 1, 1)).isEmpty();
    assertThat(read("\uFEFF\n \r\n", 1, 1)).isEmpty();
    assertThatThrownBy(() -> lines(stream(""), 1, 1).next())
        .isInstanceOf(NoSuchElementException.class);
  }

  @Property(tries = 500)
  void every_line_is_in_its_place_whatever_closes_batches(
      @ForAll("files") List<String> lines,
      @ForAll @IntRange(min = 1, max = 5) int maxLines,
      @ForAll @IntRange(min = 1, max = MAX_RECORD) int maxBytes) {
    List<String> expected = new ArrayList<>();
    long offset = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        String held = lines.get(i).length() > MAX_RECORD + 2 ? "" : lines.get(i).strip();
        expected.add((i + 1) + " " + offset + " " + lines.get(i).length() + " " + held);
      }
      offset += lines.get(i).length() + 1;
    }

    assertThat(read(String.join("\n", lines), maxLines, maxBytes))
        .flatExtracting(LineBatch::rejected)
        .extracting(
            line -> line.number() + " " + line.offset() + " " + line.length() + " " + line.bytes())
        .isEqualTo(expected);
  }

  @Test
  void a_file_that_cannot_be_read_on_says_from_where() {
    InputStream broken =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] b, int off, int len) throws IOException {
            throw new IOException("disk on fire");
          }
        };

    assertThatThrownBy(() -> lines(broken, 1, 1).hasNext())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot read logs.jsonl from byte 0 on")
        .hasRootCauseMessage("disk on fire");
  }

  @Test
  void closing_the_lines_closes_the_file() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream in =
        new ByteArrayInputStream(new byte[0]) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    lines(in, 1, 1).close();

    assertThat(closed).isTrue();
  }

  private List<String> ids(FileSource file, String text) {
    FileLines lines = new LineBatches(parser, 10, 1000).of(stream(text), file, ARRIVAL);
    return lines.next().accepted().stream().map(LogRecord::id).toList();
  }

  private List<LineBatch> read(String text, int maxLines, int maxBytes) {
    List<LineBatch> batches = new ArrayList<>();
    lines(stream(text), maxLines, maxBytes).forEachRemaining(batches::add);
    return batches;
  }

  private FileLines lines(InputStream in, int maxLines, int maxBytes) {
    return new LineBatches(parser, maxLines, maxBytes).of(in, FILE, ARRIVAL);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Lines none of which is a record, some blank, some too long. */
  @Provide
  Arbitrary<List<String>> files() {
    return Arbitraries.strings()
        .withChars("x ")
        .ofMaxLength(20)
        .map(text -> text.length() < 17 ? text : "x".repeat(20 * text.length()))
        .list()
        .ofMaxSize(20);
  }
}
