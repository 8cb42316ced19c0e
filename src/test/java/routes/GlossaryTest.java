package routes;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of {@code docs/glossary.md} are those of the code. */
class GlossaryTest {

  private static final Path MAIN = Path.of("src/main/java/routes");

  private record Word(String word, String room, List<String> onceCalled) {

    static Word of(String row) {
      String[] cells = row.split("\\|", -1);
      return new Word(
          cells[1].strip(),
          cells[3].strip().replace("`", ""),
          Arrays.stream(cells[4].split(","))
              .map(String::strip)
              .filter(word -> !word.isEmpty())
              .toList());
    }
  }

  @Test
  void every_word_lives_in_a_room_there_is() throws IOException {
    assertThat(words())
        .hasSizeGreaterThan(20)
        .allSatisfy(word -> assertThat(MAIN.resolve(word.room())).as(word.word()).isDirectory());
  }

  @Test
  void no_type_is_called_by_a_word_that_another_has_replaced() throws IOException {
    Set<String> replaced =
        words().stream().flatMap(word -> word.onceCalled().stream()).collect(toSet());

    assertThat(replaced).hasSizeGreaterThan(5);
    assertThat(types().filter(type -> wordsOf(type).anyMatch(replaced::contains))).isEmpty();
  }

  private static List<Word> words() throws IOException {
    return Files.readAllLines(Path.of("docs/glossary.md")).stream()
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(Word::of)
        .toList();
  }

  private static Stream<String> types() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .toList()
          .stream();
    }
  }

  private static Stream<String> wordsOf(String type) {
    return Arrays.stream(type.split("(?=[A-Z])")).map(word -> word.toLowerCase(Locale.ROOT));
  }
}
