package routes.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.CloudException;

class FileSystemProbeTest {

  private static final Configuration COMPLETE =
      Configuration.unix().toBuilder()
          .setAttributeViews("basic", "posix", "user")
          .setMaxSize(1 << 20)
          .build();

  @Test
  void a_usual_disk_will_do_and_is_left_as_it_was(@TempDir Path directory) throws IOException {
    FileSystemProbe.check(directory, 1);

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void extended_attributes_are_required() throws IOException {
    assertThatThrownBy(
            () -> check(COMPLETE.toBuilder().setAttributeViews("basic", "posix").build(), 1))
        .isInstanceOf(CloudException.class)
        .hasMessage(
            "DATA_DIR /work is on a file system (jimfs) without extended attributes, which the embedded S3 needs: choose a directory on a local disk such as ext4, XFS, Btrfs or APFS");
  }

  @Test
  void a_file_system_that_ignores_case_is_noticed() throws IOException {
    try (FileSystem mac = Jimfs.newFileSystem(Configuration.osX());
        FileSystem unix = Jimfs.newFileSystem(Configuration.unix())) {
      assertThat(FileSystemProbe.namesAreExact(folder(mac))).isFalse();
      assertThat(FileSystemProbe.namesAreExact(folder(unix))).isTrue();
      assertThat(folder(mac)).isEmptyDirectory();
    }
  }

  @Test
  void room_is_required() {
    assertThatThrownBy(() -> check(COMPLETE, 64 << 20))
        .isInstanceOf(CloudException.class)
        .hasMessage(
            "DATA_DIR /work is on a full disk (1 MiB free, 64 MiB needed): free some space or choose another directory");
  }

  private static Path folder(FileSystem files) throws IOException {
    return Files.createDirectories(files.getPath("/work").resolve("objects"));
  }

  private static void check(Configuration configuration, long minimumFreeBytes) throws IOException {
    try (FileSystem files = Jimfs.newFileSystem(configuration)) {
      FileSystemProbe.check(Files.createDirectories(files.getPath("/work")), minimumFreeBytes);
    }
  }
}
