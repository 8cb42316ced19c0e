package routes.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.CloudException;

class DataDirectoryTest {

  @TempDir Path directory;

  @Test
  void it_is_created_with_its_parents() throws IOException {
    try (DataDirectory data = DataDirectory.open(directory.resolve("a/b"))) {
      assertThat(data.directory("s3")).isEqualTo(directory.resolve("a/b/s3")).isDirectory();
    }
  }

  @Test
  void a_second_holder_is_told_the_directory_and_the_process() throws IOException {
    try (DataDirectory held = DataDirectory.open(directory)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> DataDirectory.open(directory))
          .isInstanceOf(CloudException.class)
          .hasMessage(
              "DATA_DIR %s is in use by process %d: stop it or choose another directory",
              directory, ProcessHandle.current().pid());
    }
  }

  @Test
  void it_can_be_held_again_once_released() throws IOException {
    DataDirectory.open(directory).close();

    DataDirectory.open(directory).close();

    assertThat(directory.resolve("lock")).hasContent(Long.toString(ProcessHandle.current().pid()));
  }

  @Test
  void a_place_that_cannot_hold_it_is_named() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .isInstanceOf(CloudException.class)
        .hasMessageStartingWith("DATA_DIR %s cannot be used (", file.resolve("data"))
        .hasMessageEndingWith("): choose a directory this user may write to");
  }
}
