package routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No library is older than {@code docs/dependencies.md} says it must be. */
class DependenciesTest {

  private static final Path TABLE = Path.of("docs/dependencies.md");
  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(?<group>[^:`]+):(?<artifact>[^`]+)` \\| (?<advisory>\\S+) \\| (?<version>\\S+) \\|.*");

  /** As Maven's local repository lays it out: group, artifact, version, file. */
  private static final Pattern JAR =
      Pattern.compile("(?<group>.+)/(?<artifact>[^/]+)/(?<version>[^/]+)/[^/]+\\.jar");

  /** A row of the table. */
  record Floor(String group, String artifact, String advisory, String version) {

    boolean isOf(Matcher jar) {
      return ("/" + jar.group("group")).endsWith("/" + group.replace('.', '/'))
          && (artifact.equals("*") || artifact.equals(jar.group("artifact")));
    }
  }

  static Stream<Floor> floors() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(
            row ->
                new Floor(
                    row.group("group"),
                    row.group("artifact"),
                    row.group("advisory"),
                    row.group("version")));
  }

  @ParameterizedTest
  @MethodSource("floors")
  void a_library_is_as_new_as_its_advisory_asks(Floor floor) {
    List<String> older = new ArrayList<>();
    int found = 0;
    for (String entry :
        Splitter.on(File.pathSeparatorChar).split(System.getProperty("java.class.path"))) {
      Matcher jar = JAR.matcher(entry.replace(File.separatorChar, '/'));
      if (jar.matches() && floor.isOf(jar)) {
        found++;
        if (compare(jar.group("version"), floor.version()) < 0) {
          older.add(entry);
        }
      }
    }
    assertThat(found).isPositive();
    assertThat(older).isEmpty();
  }

  private static int compare(String a, String b) {
    int[] left = numbers(a);
    int[] right = numbers(b);
    return Arrays.compare(left, right);
  }

  private static int[] numbers(String version) {
    return Pattern.compile("\\d+")
        .matcher(version)
        .results()
        .mapToInt(number -> Integer.parseInt(number.group()))
        .toArray();
  }
}
