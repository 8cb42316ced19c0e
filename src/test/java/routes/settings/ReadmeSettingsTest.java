package routes.settings;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeSettingsTest {

  private static final String START = "<!-- settings -->\n";
  private static final String END = "<!-- /settings -->";

  @Test
  void readme_lists_every_setting_as_the_file_has_it() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    String table =
        readme.substring(readme.indexOf(START) + START.length(), readme.indexOf(END)).strip();

    assertThat(table).isEqualTo(expectedTable());
  }

  @Test
  void every_setting_has_a_meaning() throws IOException {
    assertThat(Listing.all())
        .isNotEmpty()
        .allSatisfy(listing -> assertThat(listing.meaning()).endsWith("."));
  }

  private static String expectedTable() throws IOException {
    List<Listing> all = Listing.all();
    return "| variable | default | in YAML | meaning |\n|---|---|---|---|\n"
        + all.stream().map(ReadmeSettingsTest::row).collect(joining("\n"));
  }

  private static String row(Listing listing) {
    String variables =
        listing.variables().stream().map(ReadmeSettingsTest::code).collect(joining(" or "));
    String defaultText = listing.defaultText().isEmpty() ? "unset" : code(listing.defaultText());
    return "| %s | %s | %s | %s |"
        .formatted(variables, defaultText, code(listing.property()), listing.meaning());
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
