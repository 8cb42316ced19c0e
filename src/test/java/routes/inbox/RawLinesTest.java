package routes.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import routes.json.ByteSlice;

class RawLinesTest {

  private static final boolean GROWING = false;
  private static final boolean COMPLETE = true;

  @Test
  void whole_lines_are_read_up_to_either_limit() throws IOException {
    ContentInMemory content = new ContentInMemory("a\nbb\n\nccc\n");

    assertThat(new RawLines(content, 100, 100).read(0, GROWING))
        .containsExactly(line(0, 2, "a"), line(2, 5, "bb"), line(5, 6, ""), line(6, 10, "ccc"));
    assertThat(new RawLines(content, 100, 2).read(2, GROWING))
        .containsExactly(line(2, 5, "bb"), line(5, 6, ""));
    assertThat(new RawLines(content, 6, 100).read(0, GROWING))
        .containsExactly(line(0, 2, "a"), line(2, 5, "bb"), line(5, 6, ""));
    assertThat(new RawLines(content, 100, 100).read(10, COMPLETE)).isEmpty();
  }

  @Test
  void a_line_without_its_end_waits_until_the_content_is_complete() throws IOException {
    ContentInMemory content = new ContentInMemory("a\nbb");
    RawLines lines = new RawLines(content, 100, 100);

    assertThat(lines.read(0, GROWING)).containsExactly(line(0, 2, "a"));
    assertThat(lines.read(2, GROWING)).isEmpty();
    assertThat(lines.read(2, COMPLETE)).containsExactly(line(2, 4, "bb"));
    content.append("b\n");
    assertThat(lines.read(2, GROWING)).containsExactly(line(2, 6, "bbb"));
  }

  @Test
  void a_line_that_is_too_long_is_passed_over_without_being_held() throws IOException {
    ContentInMemory content = new ContentInMemory("x".repeat(3_000_000));
    RawLines lines = new RawLines(content, 10, 100);

    assertThat(lines.read(0, GROWING)).isEmpty();
    content.append("x\na\n");
    assertThat(lines.read(0, GROWING)).containsExactly(new RawLine(0, 3_000_001, 3_000_002, null));
    assertThat(lines.read(3_000_002, GROWING)).containsExactly(line(3_000_002, 3_000_004, "a"));
    assertThat(content.mostAtOnce()).isEqualTo(1 << 20);
  }

  @Test
  void nuls_before_a_line_are_no_part_of_it() throws IOException {
    ContentInMemory content = new ContentInMemory("\0\0a\n\0b\n\0\0\0");
    RawLines lines = new RawLines(content, 100, 100);

    assertThat(lines.read(0, GROWING))
        .containsExactly(RawLine.hole(0, 2), line(2, 4, "a"), RawLine.hole(4, 5), line(5, 7, "b"));
    assertThat(lines.read(7, GROWING)).isEmpty();
    assertThat(lines.read(7, COMPLETE)).isEmpty();
    assertThat(lines.nulsAtEnd(7)).isEqualTo(3);
    content.append("c\n");
    assertThat(lines.read(7, GROWING)).containsExactly(RawLine.hole(7, 10), line(10, 12, "c"));
  }

  @Test
  void a_hole_is_passed_over_however_long_it_is() throws IOException {
    ContentInMemory content = new ContentInMemory("\0".repeat(3_000_000));
    RawLines lines = new RawLines(content, 10, 100);

    assertThat(lines.read(0, GROWING)).isEmpty();
    content.append("a\n");
    assertThat(lines.read(0, GROWING)).containsExactly(RawLine.hole(0, 3_000_000));
    assertThat(lines.read(3_000_000, GROWING)).containsExactly(line(3_000_000, 3_000_002, "a"));
  }

  @Test
  void nuls_end_a_line_that_would_be_too_long() throws IOException {
    ContentInMemory content = new ContentInMemory("abc" + "\0".repeat(3_000_000));
    RawLines lines = new RawLines(content, 10, 100);

    assertThat(lines.read(0, GROWING)).isEmpty();
    assertThat(lines.read(0, COMPLETE)).containsExactly(line(0, 3, "abc"));
    content.append("d\n");
    assertThat(lines.read(0, GROWING)).containsExactly(line(0, 3, "abc"));
    assertThat(lines.read(3, GROWING)).containsExactly(RawLine.hole(3, 3_000_003));
    ContentInMemory few = new ContentInMemory("abc\0\0");
    assertThat(new RawLines(few, 10, 100).read(0, COMPLETE)).containsExactly(line(0, 3, "abc"));
  }

  @Test
  void a_last_line_that_is_too_long_ends_with_the_content() throws IOException {
    RawLines lines = new RawLines(new ContentInMemory("x".repeat(11)), 10, 100);

    assertThat(lines.read(0, GROWING)).isEmpty();
    assertThat(lines.read(0, COMPLETE)).containsExactly(new RawLine(0, 11, 11, null));
  }

  @Test
  void what_was_searched_before_does_not_count_for_another_line() throws IOException {
    ContentInMemory content = new ContentInMemory("x".repeat(50));
    RawLines lines = new RawLines(content, 10, 100);
    assertThat(lines.read(0, GROWING)).isEmpty();

    content.append("\n" + "y".repeat(20) + "\nz\n");

    assertThat(lines.read(51, GROWING)).containsExactly(new RawLine(51, 20, 72, null));
    assertThat(lines.read(0, GROWING)).containsExactly(new RawLine(0, 50, 51, null));
  }

  @Property(tries = 1000)
  void every_line_is_read_once_wherever_batches_end(
      @ForAll("lines") List<String> texts,
      @ForAll @IntRange(min = 1, max = 5) int maxLines,
      @ForAll @IntRange(min = 1, max = 30) int maxBytes)
      throws IOException {
    List<String> expected = new ArrayList<>();
    int offset = 0;
    for (String text : texts) {
      String held = text.length() < maxBytes ? text : "too long";
      expected.add(offset + " " + held);
      offset += text.length() + 1;
    }
    RawLines lines =
        new RawLines(new ContentInMemory(String.join("\n", texts) + "\n"), maxBytes, maxLines);

    List<String> read = new ArrayList<>();
    long at = 0;
    for (List<RawLine> some = lines.read(0, GROWING);
        !some.isEmpty();
        some = lines.read(at, GROWING)) {
      assertThat(some).hasSizeLessThanOrEqualTo(maxLines);
      for (RawLine line : some) {
        assertThat(line.offset()).isEqualTo(at);
        read.add(at + " " + (line.bytes() == null ? "too long" : line.bytes()));
        at = line.end();
      }
    }
    assertThat(read).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.strings().withChars("xy ").ofMaxLength(40).list().ofMinSize(1).ofMaxSize(20);
  }

  private static RawLine line(long offset, long end, String text) {
    return new RawLine(offset, text.length(), end, ByteSlice.utf8(text));
  }
}
