package routes.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  private static final long LIMIT = 100;

  private final FlakyDisk disk = new FlakyDisk();

  @TempDir Path folder;

  @Test
  void what_is_written_is_read_in_one_go_or_in_pieces() throws IOException {
    try (Spool spool = Spool.open(folder.resolve("new/folder"), LIMIT)) {
      SpoolFile file = spool.create();
      write(file, "Hello, ");
      write(file, "world");

      assertThat(text(file)).isEqualTo("Hello, world");
      assertThat(file.read(7, 5).toString()).isEqualTo("world");
      assertThat(file.read(0, 5).toString()).isEqualTo("Hello");
      assertThat(file.length()).isEqualTo(12);
      assertThatThrownBy(() -> file.read(10, 5)).isInstanceOf(IOException.class);
      file.endReading();
      assertThat(file.read(7, 5).toString()).isEqualTo("world");
    }
  }

  @Test
  void there_is_room_until_the_limit_and_again_after_a_file_is_deleted() throws IOException {
    try (Spool spool = Spool.open(folder, LIMIT)) {
      SpoolFile file = spool.create();
      write(file, "x".repeat(60));
      assertThat(spool.takes(40)).isTrue();
      assertThat(spool.takes(41)).isFalse();

      file.delete();
      file.delete();

      assertThat(spool.used()).isZero();
      assertThat(spool.takes(100)).isTrue();
      assertThat(file.exists()).isFalse();
    }
  }

  @Test
  void what_an_earlier_process_left_is_deleted_and_what_is_not_ours_is_not() throws IOException {
    Spool earlier = Spool.open(folder, LIMIT);
    SpoolFile left = earlier.create();
    write(left, "left");
    Path other = Files.createFile(folder.resolve("notes.txt"));
    earlier.close();

    try (Spool spool = Spool.open(folder, LIMIT)) {
      assertThat(left.exists()).isFalse();
      assertThat(other).exists();
      assertThat(spool.used()).isZero();
    }
  }

  @Test
  void a_folder_belongs_to_one_process_at_a_time() throws IOException {
    Spool first = Spool.open(folder, LIMIT);
    SpoolFile file = first.create();
    write(file, "first");
    Spool second = disk.spool(folder, LIMIT);

    assertThat(second.isUsable()).isFalse();

    assertThat(second.trouble().orElseThrow()).contains("give each one a folder of its own");
    assertThat(text(file)).isEqualTo("first");
    first.close();
    disk.pass(Duration.ofSeconds(31));
    assertThat(second.isUsable()).isTrue();
    second.close();
  }

  @Test
  void a_write_that_fails_leaves_the_file_as_it_was_and_is_tried_again_after_a_while()
      throws IOException {
    try (Spool spool = disk.spool(folder, LIMIT)) {
      SpoolFile file = spool.create();
      assertThat(spool.takes(1)).isTrue();
      write(file, "good");
      disk.setFull(true);
      assertThatThrownBy(() -> write(file, "lost")).hasMessage("No space left on device");

      assertThat(spool.isUsable()).isFalse();
      assertThat(spool.takes(1)).isFalse();
      assertThat(spool.trouble())
          .contains(
              "SPOOL_DIR %s cannot be used (No space left on device): objects are closed early, and smaller"
                  .formatted(folder));
      assertThat(spool.used()).isEqualTo(4);
      disk.setFull(false);
      disk.pass(Duration.ofSeconds(31));
      assertThat(spool.isUsable()).isTrue();
      write(file, "er");
      assertThat(text(file)).isEqualTo("gooder");
      assertThat(spool.trouble()).isEmpty();
    }
  }

  @Test
  void what_somebody_took_away_is_not_written_on() throws IOException {
    try (Spool spool = Spool.open(folder, LIMIT)) {
      SpoolFile file = spool.create();
      write(file, "one");
      Files.delete(file.toFile().toPath());

      assertThatThrownBy(() -> write(file, "two"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("has 0 of 3 bytes");

      assertThat(file.exists()).isFalse();
      assertThat(spool.isUsable()).isFalse();
    }
  }

  @Test
  void a_disk_that_is_slow_is_left_alone_for_a_while() throws IOException {
    try (Spool spool = disk.spool(folder, LIMIT)) {
      assertThat(spool.isUsable()).isTrue();
      disk.setTimePerWrite(Duration.ofSeconds(11));

      write(spool.create(), "slow");

      assertThat(spool.isUsable()).isFalse();
      assertThat(spool.trouble().orElseThrow()).contains("it took 11 s for 4 bytes");
    }
  }

  @Test
  void a_file_in_place_of_the_folder_is_told() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    Spool spool = Spool.open(file, LIMIT);

    assertThat(spool.takes(1)).isFalse();
    assertThat(spool.trouble().orElseThrow()).contains("FileAlreadyExistsException");
  }

  @Test
  void a_file_that_nobody_has_any_more_is_deleted() throws IOException {
    try (Spool spool = Spool.open(folder, LIMIT)) {
      Path path = abandoned(spool);
      assertThat(path).exists();

      await()
          .until(
              () -> {
                System.gc();
                return Files.notExists(path) && spool.used() == 0;
              });
    }
  }

  private static Path abandoned(Spool spool) throws IOException {
    SpoolFile file = spool.create();
    write(file, "abandoned");
    return file.toFile().toPath();
  }

  private static void write(SpoolFile file, String text) throws IOException {
    file.append(out -> out.write(text.getBytes(UTF_8)));
  }

  private static String text(SpoolFile file) throws IOException {
    try (InputStream in = file.open()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
