package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be said of the {@code Dockerfile} without Docker. */
class ImageTest {

  @Test
  void everything_it_copies_is_there_and_let_in() throws IOException {
    List<String> letIn =
        Files.readAllLines(Path.of(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();

    assertThat(instructions("COPY"))
        .filteredOn(copy -> !copy.contains("--from="))
        .map(copy -> copy.replaceAll("--\\S+ ", "").replaceAll(" .*", ""))
        .isNotEmpty()
        .allSatisfy(source -> assertThat(Path.of(source)).exists())
        .allSatisfy(source -> assertThat(letIn).contains(source));
  }

  @Test
  void the_app_is_not_root_and_says_where_it_writes() throws IOException {
    assertThat(instructions("USER")).containsExactly("1000:1000");
    assertThat(instructions("VOLUME")).containsExactly("[\"/app/data\", \"/app/inbox\", \"/tmp\"]");
  }

  @Test
  void it_exposes_the_ports_that_compose_publishes_for_people_to_use() throws IOException {
    assertThat(instructions("EXPOSE")).containsExactly("4317 8000 8004 8010");
    assertThat(Files.readString(Path.of("docker-compose.yml")))
        .contains(
            "127.0.0.1:4317:4317",
            "127.0.0.1:8000:8000",
            "127.0.0.1:8004:8004",
            "127.0.0.1:8010:8010");
  }

  @Test
  void its_health_check_can_be_run() throws IOException {
    assertThat(instructions("HEALTHCHECK"))
        .singleElement()
        .asString()
        .endsWith("CMD [\"/app/healthcheck.sh\"]");
    assertThat(Path.of("docker/healthcheck.sh")).isExecutable();
  }

  private static List<String> instructions(String name) throws IOException {
    return Files.readAllLines(Path.of("Dockerfile")).stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }
}
