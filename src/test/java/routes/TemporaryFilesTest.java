package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFilesTest {

  @Test
  void a_killed_process_leaves_nothing_among_temporary_files(@TempDir Path home) throws Exception {
    Path temporary = Files.createDirectory(home.resolve("temporary"));
    List<String> arguments =
        List.of(
            "-Xmx256m",
            "-Djava.io.tmpdir=" + temporary,
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            CamelApp.class.getName());
    try (AppProcess app = new AppProcess(home, Map.of(), arguments)) {
      assertThat(app.intake()).isNotNull();
      app.handle().destroyForcibly();
      app.exitCode(10);
    }

    assertThat(temporary).isEmptyDirectory();
  }
}
