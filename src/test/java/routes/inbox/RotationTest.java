package routes.inbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.deadletter.DeadLetter;

/** What log rotation does to a file while it is read, and while nobody reads. */
class RotationTest {

  @TempDir Path folder;
  private InboxUnderTest inbox;
  private int changes;

  @BeforeEach
  void open() throws IOException {
    inbox = new InboxUnderTest(folder, WhenFinished.KEEP);
  }

  @AfterEach
  void close() throws IOException {
    inbox.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.jsonl.1", "app-20261120.jsonl", "old"})
  void a_renamed_file_is_read_on_and_the_new_one_from_its_start(String rotated) throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.read();
    append("app.jsonl", Lines.of(2));
    rename("app.jsonl", rotated);
    append(rotated, Lines.of(3) + Lines.of(4).strip());
    append("app.jsonl", Lines.of(5));
    inbox.readToTheEnd();

    assertThat(inbox.records()).containsExactlyInAnyOrderElementsOf(Lines.texts(1, 2, 3, 4, 5));
    assertThat(inbox.status().passedOver()).isEmpty();
  }

  @Test
  void a_file_renamed_while_nobody_reads_is_read_on() throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.read();
    append("app.jsonl", Lines.of(2));
    rename("app.jsonl", "app.jsonl.1");
    append("app.jsonl", Lines.of(3));
    inbox.restart();
    inbox.readToTheEnd();

    assertThat(inbox.records()).containsExactlyInAnyOrderElementsOf(Lines.texts(1, 2, 3));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_a_copy_has_that_was_cut_before_it_was_read_is_read_there(boolean running)
      throws Exception {
    append("app.jsonl", Lines.of(1, 2));
    inbox.read();
    append("app.jsonl", Lines.of(3));
    copy("app.jsonl", "app.jsonl.1");
    write("app.jsonl", Lines.of(4));
    if (!running) {
      inbox.restart();
    }
    inbox.readToTheEnd();

    assertThat(inbox.records()).containsExactlyInAnyOrderElementsOf(Lines.texts(1, 2, 3, 4));
  }

  @Test
  void a_file_that_is_cut_while_the_route_waits_is_begun_anew() throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.whilePublishing(
        () -> {
          copy("app.jsonl", "app.jsonl.1");
          write("app.jsonl", Lines.of(2, 3));
        });
    inbox.read();
    inbox.readToTheEnd();

    assertThat(inbox.records()).containsExactlyInAnyOrderElementsOf(Lines.texts(1, 2, 3));
  }

  @Test
  void a_file_that_is_cut_while_another_is_published_is_begun_anew() throws Exception {
    append("app.jsonl", Lines.of(1));
    append("web.jsonl", Lines.of(2));
    inbox.read();
    append("app.jsonl", Lines.of(3));
    inbox.whilePublishing(() -> write("web.jsonl", Lines.of(4, 5)));
    inbox.read();
    inbox.readToTheEnd();

    assertThat(inbox.records()).containsExactlyInAnyOrderElementsOf(Lines.texts(1, 2, 3, 4, 5));
  }

  @Test
  void the_same_broken_line_of_the_next_file_is_another() throws Exception {
    append("app.jsonl", "oops\n");
    inbox.read();
    rename("app.jsonl", "app.jsonl.1");
    append("app.jsonl", "oops\n");
    inbox.readToTheEnd();

    assertThat(inbox.undeliverable())
        .extracting(DeadLetter::source)
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.jsonl", "app.jsonl.1"})
  void a_file_that_one_look_missed_is_read_on(String name) throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.read();
    Path elsewhere = folder.resolve(".elsewhere");
    Files.move(folder.resolve("app.jsonl"), elsewhere);
    inbox.pass(InboxUnderTest.FINISHED_AFTER);
    inbox.readOnce();
    Files.move(elsewhere, folder.resolve(name));
    append(name, Lines.of(2));
    inbox.readToTheEnd();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2));
  }

  @Test
  void a_copy_with_a_name_that_is_read_is_not_read_again() throws Exception {
    append("app.jsonl", Lines.of(1, 2));
    inbox.read();
    copy("app.jsonl", "app-20261120.jsonl");
    inbox.read();
    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2));

    write("app.jsonl", Lines.of(3));
    inbox.readToTheEnd();
    assertThat(inbox.records()).isEqualTo(Lines.texts(3));
  }

  @Test
  void a_file_like_another_is_read_when_both_are_complete() throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.read();
    copy("app.jsonl", "app-2.jsonl");
    inbox.readToTheEnd();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 1));
  }

  @Test
  void a_file_compressed_while_nobody_reads_is_read_on() throws Exception {
    append("app.jsonl", Lines.of(1, 2));
    inbox.read();
    append("app.jsonl", Lines.of(3));
    inbox.close();
    gzip("app.jsonl.1.gz", Lines.of(1, 2, 3));
    Files.delete(folder.resolve("app.jsonl"));
    append("app.jsonl", Lines.of(4));
    inbox.open();
    inbox.readToTheEnd();

    assertThat(inbox.records()).containsExactlyInAnyOrderElementsOf(Lines.texts(1, 2, 3, 4));
  }

  @Test
  void a_file_on_another_device_after_a_restart_is_the_same() throws Exception {
    append("app.jsonl", Lines.of(1, 2));
    inbox.read();
    inbox.close();
    copy("app.jsonl", "copy");
    Files.delete(folder.resolve("app.jsonl"));
    rename("copy", "app.jsonl");
    append("app.jsonl", Lines.of(3));
    inbox.open();
    inbox.readToTheEnd();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2, 3));
  }

  @Test
  void a_file_cut_or_rewritten_is_read_from_its_start() throws Exception {
    append("app.jsonl", Lines.of(1, 2));
    inbox.read();
    write("app.jsonl", Lines.of(3));
    inbox.read();
    write("app.jsonl", Lines.of(4));
    inbox.read();
    write("app.jsonl", Lines.of(5, 6, 7));
    inbox.read();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2, 3, 4, 5, 6, 7));
  }

  @Test
  void a_file_replaced_by_another_is_read_to_its_end_and_then_the_other() throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.read();
    append("app.jsonl", Lines.of(2));
    append("new", Lines.of(3));
    rename("new", "app.jsonl");
    inbox.readToTheEnd();

    assertThat(inbox.records()).containsExactlyInAnyOrderElementsOf(Lines.texts(1, 2, 3));
  }

  @Test
  void a_file_deleted_or_moved_out_is_read_to_its_end() throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.read();
    try (OutputStream writer = Files.newOutputStream(folder.resolve("app.jsonl"), APPEND)) {
      writer.write(Lines.of(2).getBytes(US_ASCII));
      Files.delete(folder.resolve("app.jsonl"));
      inbox.read();
      writer.write(Lines.of(3).strip().getBytes(US_ASCII));
    }
    inbox.readToTheEnd();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2, 3));
    assertThat(inbox.status().files()).isZero();
    assertThat(folder.resolve(".offsets").toFile().list()).containsExactly("lock");
  }

  @Test
  void what_was_lost_sight_of_is_given_up_after_an_hour() throws Exception {
    append("app.jsonl", Lines.of(1, 2));
    inbox.read();
    write("app.jsonl", Lines.of(3));
    inbox.read();
    assertThat(folder.resolve(".offsets").toFile().list()).hasSize(3);

    inbox.pass(Duration.ofMinutes(61));
    inbox.read();
    assertThat(folder.resolve(".offsets").toFile().list()).hasSize(2);
  }

  private void append(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, CREATE, APPEND);
    touch(name);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    touch(name);
  }

  /** Time is coarse in some file systems and these tests are fast. */
  private void touch(String name) throws IOException {
    Files.setLastModifiedTime(
        folder.resolve(name), FileTime.from(Instant.EPOCH.plusSeconds(++changes)));
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(folder.resolve(from), folder.resolve(to));
  }

  private void rename(String from, String to) throws IOException {
    Files.move(folder.resolve(from), folder.resolve(to), REPLACE_EXISTING);
  }

  private void gzip(String name, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write(text.getBytes(US_ASCII));
    }
  }
}
