package routes.settings;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import routes.Readme;

class ReadmeSettingsTest {

  @Test
  void readme_lists_every_setting_as_the_file_has_it() throws IOException {
    Readme.assertBlock(
        Path.of("docs/reference.md"),
        "settings",
        "| variable | default | in YAML | meaning |\n|---|---|---|---|\n"
            + Listing.all().stream().map(ReadmeSettingsTest::row).collect(joining("\n")));
  }

  @Test
  void every_setting_has_a_meaning() throws IOException {
    assertThat(Listing.all())
        .isNotEmpty()
        .allSatisfy(listing -> assertThat(listing.meaning()).endsWith("."));
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
