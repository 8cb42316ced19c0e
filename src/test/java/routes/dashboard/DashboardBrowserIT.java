package routes.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The dashboard of the packaged jar in a real browser. What is looked at stands in {@code
 * src/test/browser}; pictures of the pages are left in {@code target/browser}.
 */
class DashboardBrowserIT {

  private static final Path HOME = Path.of("src", "test", "browser");
  private static final Path JAR = Path.of("target", "camel-app.jar").toAbsolutePath();
  private static final Path PICTURES = Path.of("target", "browser").toAbsolutePath();
  private static final long MINUTES = 15;

  @ParameterizedTest
  @ValueSource(strings = {"empty", "pages", "large", "tabs", "demo"})
  void pages_are_as_they_should_be(String name) throws Exception {
    assumeTrue(
        Files.isDirectory(HOME.resolve("node_modules")),
        "playwright-core is not installed: run npm ci in " + HOME);
    Optional<Path> chromium = program("chromium");
    assumeTrue(chromium.isPresent(), "there is no chromium: install Debian's package of that name");
    Optional<Path> node = program("node");
    assumeTrue(node.isPresent(), "there is no node, which drives the browser");

    Path output = Files.createDirectories(PICTURES).resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(node.get().toString(), "--test", name + ".test.mjs")
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("APP_COMMAND", appCommand());
    builder.environment().put("DUCKDB", driver());
    builder.environment().put("CHROMIUM", chromium.get().toString());
    builder.environment().put("PICTURES", PICTURES.toString());
    Process tests = builder.start();
    try {
      assertThat(tests.waitFor(MINUTES, TimeUnit.MINUTES)).as("ended in time").isTrue();
      assertThat(tests.exitValue()).as(Files.readString(output)).isZero();
    } finally {
      tests.descendants().forEach(ProcessHandle::destroy);
      tests.destroyForcibly();
    }
  }

  private static String appCommand() throws IOException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    return new ObjectMapper().writeValueAsString(List.of(java, "-Xmx256m", "-jar", JAR.toString()));
  }

  private static String driver() {
    return Splitter.on(File.pathSeparatorChar)
        .splitToStream(System.getProperty("java.class.path"))
        .filter(entry -> entry.contains("duckdb_jdbc"))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<Path> program(String name) {
    return Stream.of(
            Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
