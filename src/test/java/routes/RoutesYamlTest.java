package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoutesYamlTest {

  private static final Path SAMPLES = Path.of("src/test/resources/routes-yaml-samples");

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource
  void every_route_file_follows_the_schema_and_the_house(RouteFile file) throws IOException {
    assertThat(file.problems()).isEmpty();
  }

  static List<RouteFile> every_route_file_follows_the_schema_and_the_house() throws IOException {
    Path folder = Path.of("routes-yaml");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(path -> path.toString().endsWith(".yaml"))
          .sorted()
          .map(RouteFile::new)
          .toList();
    }
  }

  @Test
  void good_files_have_no_problems() throws IOException {
    assertThat(problems("good.yaml")).isEmpty();
    assertThat(problems("beans.yaml")).isEmpty();
    assertThat(problems("errors.yaml")).isEmpty();
  }

  @Test
  void a_placeholder_where_the_schema_wants_a_number_is_found() throws IOException {
    assertThat(problems("placeholder.yaml"))
        .containsExactly(
            "$[0].route.from.steps[0].aggregate.completionSize: string found, number expected");
  }

  @Test
  void every_rule_of_the_house_is_checked() throws IOException {
    assertThat(problems("two-routes.yaml"))
        .containsExactly(
            "expected only route here, found beans",
            "expected one route, found 2",
            "expected id two-routes, found other",
            "expected a precondition that says for which roles it is",
            "expected a description of one sentence, found: First. Second");
  }

  private static List<String> problems(String sample) throws IOException {
    return new RouteFile(SAMPLES.resolve(sample)).problems();
  }
}
