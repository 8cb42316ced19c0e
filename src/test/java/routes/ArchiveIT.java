package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that {@code scripts/archive.sh} makes of the packaged jar. */
class ArchiveIT {

  private @TempDir Path folder;

  @Test
  void the_jvm_starts_the_jar_from_it() throws Exception {
    Files.copy(Path.of("target/camel-app.jar"), folder.resolve("app.jar"));

    assertThat(run("bash", Path.of("scripts/archive.sh").toAbsolutePath().toString(), "app.jar"))
        .isZero();

    // Where sharing is on rather than auto, an archive that does not fit ends the JVM.
    assertThat(
            run("java", "-Xshare:on", "-XX:SharedArchiveFile=app.jsa", "-jar", "app.jar", "--help"))
        .isZero();
    try (var left = Files.list(folder)) {
      assertThat(left).extracting(Path::getFileName).hasSize(2);
    }
  }

  private int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }
}
