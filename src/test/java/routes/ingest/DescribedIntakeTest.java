package routes.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.ApiDescription;
import routes.ApiDescription.Operation;
import routes.RunningApp;

/** The intake takes what its description gives as examples, and answers as that says. */
@TestInstance(Lifecycle.PER_CLASS)
class DescribedIntakeTest {

  private static final Pattern PATH = Pattern.compile("uri: platform-http:(\\S+)");

  private RunningApp app;
  private ApiDescription description;

  /** A body of an operation, as its description has it. */
  record Example(Operation operation, String type, String body) {

    @Override
    public String toString() {
      return operation + " " + type;
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    app = RunningApp.start(folder);
    description = new ApiDescription(app.get("/api/intake/openapi.json").body());
  }

  @AfterAll
  void stop() {
    app.close();
  }

  private Stream<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (Operation operation : description.operations()) {
      for (var content : operation.description().at("/requestBody/content").properties()) {
        JsonNode example = content.getValue().path("example");
        if (!example.isMissingNode()) {
          String body = example.isTextual() ? example.asText() : example.toString();
          examples.add(new Example(operation, content.getKey(), body));
        }
      }
    }
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_is_taken_and_answered_as_described(Example example) throws Exception {
    Operation operation = example.operation();

    HttpResponse<String> answer = app.post(operation.path(), example.type(), example.body());

    int status = answer.statusCode();
    assertThat(status).as(answer.body()).isBetween(200, 299);
    assertThat(operation.description().path("responses").has(Integer.toString(status))).isTrue();
    assertThat(answer.body()).doesNotContain("\"rejected\":1").doesNotContain("partialSuccess");
    if (!answer.body().isEmpty()) {
      String type = answer.headers().firstValue("Content-Type").orElse("");
      assertThat(description.objections(operation, status, type, answer.body())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void what_is_no_such_body_is_refused_as_described(Example example) throws Exception {
    HttpResponse<String> answer =
        app.post(example.operation().path(), "application/json", "{\"broken\":");

    int status = answer.statusCode();
    if (status != 200) {
      String type = answer.headers().firstValue("Content-Type").orElse("");
      assertThat(description.objections(example.operation(), status, type, answer.body()))
          .isEmpty();
    }
  }

  @Test
  void every_path_of_the_routes_is_described_and_no_other() throws IOException {
    List<String> served = servedPaths();
    List<String> described = description.operations().stream().map(Operation::path).toList();

    assertThat(described)
        .allSatisfy(path -> assertThat(served).anyMatch(prefix -> isBelow(path, prefix)));
    assertThat(served)
        .allSatisfy(prefix -> assertThat(described).anyMatch(path -> isBelow(path, prefix)));
  }

  private static boolean isBelow(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }

  private static List<String> servedPaths() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes-yaml"))) {
      return files
          .flatMap(file -> PATH.matcher(read(file)).results())
          .map((MatchResult found) -> URI.create(found.group(1)).getPath())
          // Over gRPC, which its own protocol describes.
          .filter(path -> !path.startsWith("/opentelemetry.proto"))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.isDirectory(file) ? "" : Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
