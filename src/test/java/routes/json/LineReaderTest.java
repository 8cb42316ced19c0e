package routes.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  @Test
  void lines_end_in_line_feeds_or_with_the_stream() throws IOException {
    assertThat(read("\uFEFFa\n b \r\n\nccc", 100))
        .containsExactly(
            new Line(1, 0, 4, ByteSlice.utf8("a")),
            new Line(2, 5, 4, ByteSlice.utf8("b")),
            new Line(3, 10, 0, ByteSlice.utf8("")),
            new Line(4, 11, 3, ByteSlice.utf8("ccc")));
    assertThat(read("", 1)).isEmpty();
  }

  @Test
  void a_line_too_long_to_be_held_has_no_bytes() throws IOException {
    assertThat(read("a\n" + "x".repeat(1234) + "\nb", 10))
        .containsExactly(
            new Line(1, 0, 1, ByteSlice.utf8("a")),
            new Line(2, 2, 1234, null),
            new Line(3, 1237, 1, ByteSlice.utf8("b")));
  }

  @Property(tries = 500)
  void every_line_is_read_whatever_the_buffer_holds(
      @ForAll("texts") List<String> texts, @ForAll @IntRange(min = 1, max = 30) int capacity)
      throws IOException {
    List<Line> expected = new ArrayList<>();
    long offset = 0;
    for (String text : texts) {
      boolean held = text.length() < capacity;
      expected.add(
          new Line(
              expected.size() + 1L, offset, text.length(), held ? ByteSlice.utf8(text) : null));
      offset += text.length() + 1;
    }

    assertThat(read(String.join("\n", texts) + "\n", capacity)).isEqualTo(expected);
  }

  @Test
  void closing_it_closes_the_stream() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream in =
        new ByteArrayInputStream(new byte[0]) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    new LineReader(in, 1).close();

    assertThat(closed).isTrue();
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.strings().withChars("xy").ofMaxLength(60).list().ofMinSize(1).ofMaxSize(20);
  }

  private static List<Line> read(String text, int capacity) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (LineReader reader =
        new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), capacity)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
