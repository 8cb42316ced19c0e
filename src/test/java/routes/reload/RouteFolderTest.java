package routes.reload;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
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
  void an_edit_is_seen_at_whatever_time_it_was_saved() throws IOException {
    Path file = Files.writeString(dir.resolve("a.yaml"), "- route: 1");
    FileTime justNow = Files.getLastModifiedTime(file);
    RouteFolder folder = new RouteFolder(dir);

    Files.writeString(file, "- route: 2");
    Files.setLastModifiedTime(file, justNow);
    assertThat(edits(folder)).containsExactly(entry("a.yaml", "- route: 2"));

    FileTime longAgo = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file, longAgo);
    assertThat(edits(folder)).isEmpty();
    Files.writeString(file, "- route: 3");
    assertThat(edits(folder)).containsExactly(entry("a.yaml", "- route: 3"));

    Files.setLastModifiedTime(file, longAgo);
    assertThat(edits(folder)).isEmpty();
    Path next = Files.writeString(dir.resolve(".next"), "- route: 4");
    Files.setLastModifiedTime(next, longAgo);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(edits(folder)).containsExactly(entry("a.yaml", "- route: 4"));
  }

  /** Of two looks. */
  private static Map<String, String> edits(RouteFolder folder) throws IOException {
    Map<String, String> first = folder.edits();
    assertThat(first).isEmpty();
    return folder.edits();
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
