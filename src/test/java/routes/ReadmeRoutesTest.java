package routes;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeRoutesTest {

  private static final Path FOLDER = Path.of("routes-yaml");

  @Test
  void readme_shows_the_deliver_route_as_it_is() throws IOException {
    String route = Files.readString(FOLDER.resolve("deliver.yaml"));

    Readme.assertBlock(Readme.FILE, "deliver.yaml", "```yaml\n" + route + "```");
  }

  @Test
  void readme_lists_every_route_with_its_description() throws IOException {
    Readme.assertBlock(
        Readme.FILE,
        "routes",
        "| route | from | what it does |\n|---|---|---|\n"
            + routes().stream().map(ReadmeRoutesTest::row).collect(joining("\n")));
  }

  private static List<JsonNode> routes() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .sorted()
          .map(file -> read(yaml, file).at("/0/route"))
          .filter(route -> !route.isMissingNode())
          .toList();
    }
  }

  private static JsonNode read(YAMLMapper yaml, Path file) {
    try {
      return yaml.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String row(JsonNode route) {
    String id = route.get("id").asText();
    return "| [`%s`](routes-yaml/%s.yaml) | `%s` | %s |"
        .formatted(id, id, route.at("/from/uri").asText(), route.get("description").asText());
  }
}
