package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The parts of documents that repeat what stands elsewhere, each between {@code <!-- name -->} and
 * {@code <!-- /name -->}. With {@code -Dreadme.write=true} they are written instead of compared.
 */
public final class Readme {

  public static final Path FILE = Path.of("README.md");

  private Readme() {}

  public static void assertBlock(Path file, String name, String expected) throws IOException {
    String readme = Files.readString(file);
    String start = "<!-- " + name + " -->\n";
    int from = readme.indexOf(start) + start.length();
    int to = readme.indexOf("<!-- /" + name + " -->", from);
    assertThat(to).as("end of block " + name).isGreaterThanOrEqualTo(from);
    if (Boolean.getBoolean("readme.write")) {
      Files.writeString(file, readme.substring(0, from) + expected + "\n" + readme.substring(to));
    } else {
      assertThat(readme.substring(from, to)).isEqualTo(expected + "\n");
    }
  }
}
