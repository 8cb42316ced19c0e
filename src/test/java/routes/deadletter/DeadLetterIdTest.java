package routes.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import routes.json.ByteSlice;

class DeadLetterIdTest {

  private static final Source FILE = new Source.File("a.jsonl", "2026", 1, 2);

  @Test
  void is_the_same_for_the_same_record_wherever_its_bytes_lie() {
    ByteSlice slice = ByteSlice.utf8("..{}").slice(2, 4);

    assertThat(id("deliver", new Source.File("a.jsonl", "2026", 1, 2), slice))
        .isEqualTo(id("deliver", FILE, ByteSlice.utf8("{}")))
        .matches("[0-9a-f]{32}");
  }

  @Test
  void differs_with_everything_that_makes_a_record_another() {
    assertThat(
            Stream.of(
                id("deliver", FILE, ByteSlice.utf8("{}")),
                id("deliver", FILE, ByteSlice.utf8("{ }")),
                id("ingest", FILE, ByteSlice.utf8("{}")),
                id("deliver", new Source.File("b.jsonl", "2026", 1, 2), ByteSlice.utf8("{}")),
                id("deliver", new Source.File("a.jsonl", "2027", 1, 2), ByteSlice.utf8("{}")),
                id("deliver", new Source.File("a.jsonl", "2026", 11, 2), ByteSlice.utf8("{}")),
                id("deliver", new Source.File("a.jsonl", "2026", 1, 12), ByteSlice.utf8("{}")),
                id("deliver", new Source.File("a.jsonl1", "2026", 1, 2), ByteSlice.utf8("{}")),
                id("deliver", new Source.Http("r", "p", "", 0), ByteSlice.utf8("{}")),
                id("deliver", new Source.Http("rp", "", "", 0), ByteSlice.utf8("{}")),
                id("deliver", new Source.Http("r", "", "", 0), ByteSlice.utf8("p{}")),
                id("deliver", new Source.Stream("s", "h", "1", 0), ByteSlice.utf8("{}")),
                id("deliver", new Source.Stream("s", "h", "1", 1), ByteSlice.utf8("{}")),
                id("deliver", new Source.Stream("s", "h", "10", 0), ByteSlice.utf8("{}"))))
        .doesNotHaveDuplicates();
  }

  private static String id(String stage, Source source, ByteSlice bytes) {
    return DeadLetterId.of(stage, source, new Original.InMemory(bytes));
  }
}
