package routes.reload;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFolderTest {

  @TempDir Path dir;

  @Test
  void what_is_no_route_file_is_told_once() throws IOException {
    for (String name : new String[] {"a.yaml", "mine.yml", "old.yaml~", "B.YAML", ".hidden.yaml"}) {
      Files.writeString(dir.resolve(name), "- route:\n");
    }
    Files.createDirectory(dir.resolve("more"));
    RouteFolder folder = new RouteFolder(dir);

    assertThat(folder.known()).containsOnlyKeys("a.yaml");
    assertThat(folder.passedOver())
        .containsExactly(
            entry("B.YAML", "its name does not end in .yaml"),
            entry("mine.yml", "its name does not end in .yaml"),
            entry("more", "it is a folder"),
            entry("old.yaml~", "its name does not end in .yaml"));
    Files.writeString(dir.resolve("late.yml"), "- route:\n");
    assertThat(folder.edits()).isEmpty();
    assertThat(folder.passedOver()).containsOnlyKeys("late.yml");
    assertThat(folder.edits()).isEmpty();
    assertThat(folder.passedOver()).isEmpty();
  }

  @Test
  void what_everybody_can_write_to_is_known() throws IOException {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "needs POSIX permissions");
    Path file = Files.writeString(dir.resolve("a.yaml"), "- route:\n");
    assertThat(new RouteFolder(dir).openToAll()).isEmpty();

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
    assertThat(new RouteFolder(dir).openToAll()).containsExactly(file);
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xrwx"));
    assertThat(new RouteFolder(dir).openToAll()).containsExactly(dir, file);
  }
}
