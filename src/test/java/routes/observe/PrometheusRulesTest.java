package routes.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules as Prometheus itself reads them, where its {@code promtool} is at hand. */
class PrometheusRulesTest {

  private static final Path HOME = Path.of("docs", "observability");

  @TempDir Path temporary;

  @BeforeAll
  static void requirePromtool() {
    assumeTrue(
        Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
        "there is no promtool: it is in Debian's package prometheus");
  }

  @Test
  void the_rules_can_be_loaded() throws Exception {
    promtool("check", "rules", "prometheus-rules.yaml");
  }

  @Test
  void each_alert_fires_when_it_should_and_says_so() throws Exception {
    promtool("test", "rules", "prometheus-rules-test.yaml");
  }

  private void promtool(String... arguments) throws Exception {
    Path output = temporary.resolve("output");
    Process promtool =
        new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList())
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(promtool.waitFor(1, TimeUnit.MINUTES)).as("ended in time").isTrue();
      assertThat(promtool.exitValue()).as(Files.readString(output)).isZero();
    } finally {
      promtool.destroyForcibly();
    }
  }
}
