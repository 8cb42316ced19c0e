package routes.inbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in an inbox besides plain files with good names. */
class OddFilesTest {

  @TempDir Path folder;
  private InboxUnderTest inbox;

  @BeforeEach
  void open() throws IOException {
    inbox = new InboxUnderTest(folder, WhenFinished.MOVE);
  }

  @AfterEach
  void close() throws IOException {
    inbox.close();
  }

  @Test
  void what_is_not_read_is_told_with_the_reason() throws Exception {
    append("app.log", Lines.of(1));
    append(".app.jsonl.Xy12", Lines.of(2));
    append("app.jsonl.part", Lines.of(3));
    Files.createDirectories(folder.resolve("folder.jsonl"));
    append("target", Lines.of(4));
    Files.createSymbolicLink(folder.resolve("link.jsonl"), folder.resolve("target"));
    inbox.readToTheEnd();

    assertThat(inbox.records()).isEmpty();
    String form = "its name is not of the form *.{jsonl,jsonl.gz}";
    assertThat(inbox.status().passedOver())
        .containsExactly(
            entry("app.jsonl.part", form),
            entry("app.log", form),
            entry("folder.jsonl", "it is a folder"),
            entry("link.jsonl", "it is a symbolic link"),
            entry("target", form));

    Files.move(folder.resolve("app.jsonl.part"), folder.resolve("app.jsonl"));
    inbox.read();
    assertThat(inbox.records()).isEqualTo(Lines.texts(3));
    assertThat(inbox.status().passedOver()).doesNotContainKey("app.jsonl.part");
  }

  @Test
  void a_pipe_does_not_hold_up_the_inbox() throws Exception {
    assumeTrue(run("mkfifo", folder.resolve("pipe.jsonl").toString()), "needs mkfifo");
    append("app.jsonl", Lines.of(1));
    inbox.readToTheEnd();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1));
    assertThat(inbox.status().passedOver())
        .containsExactly(entry("pipe.jsonl", "it is no regular file"));
  }

  @Test
  void a_name_that_is_not_utf_8_is_read_and_moved() throws Exception {
    append("app", Lines.of(1));
    String rename = "mv app \"$(printf 'caf\\351.jsonl')\" && ls | LC_ALL=C grep -q jsonl";
    assumeTrue(run("sh", "-c", "cd '" + folder + "' && " + rename), "needs such a name");
    inbox.readToTheEnd();
    inbox.restart();
    inbox.readToTheEnd();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1));
    assertThat(run("sh", "-c", "cat '" + folder + "'/done/caf*.jsonl")).isTrue();
  }

  @Test
  void an_unreadable_file_waits_until_it_can_be_read() throws Exception {
    append("secret.jsonl", Lines.of(1));
    append("app.jsonl", Lines.of(2));
    Path secret = folder.resolve("secret.jsonl");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(secret), "root reads everything");

    assertThatThrownBy(inbox::read).isInstanceOf(AccessDeniedException.class);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    inbox.read();
    assertThat(inbox.records()).containsExactlyInAnyOrderElementsOf(Lines.texts(1, 2));
  }

  @Test
  void a_compressed_file_is_read_when_it_is_complete_whatever_its_name() throws Exception {
    byte[] content = gzip(Lines.of(1) + Lines.of(2).strip());
    Files.write(folder.resolve("app.jsonl.gz"), Arrays.copyOf(content, 30));
    inbox.read();
    Files.write(folder.resolve("app.jsonl.gz"), content);
    Files.write(folder.resolve("compressed.jsonl"), gzip(Lines.of(3)));
    inbox.read();
    assertThat(inbox.records()).isEmpty();

    inbox.readToTheEnd();
    assertThat(inbox.records()).containsExactlyInAnyOrderElementsOf(Lines.texts(1, 2, 3));
    assertThat(folder.resolve("done/app.jsonl.gz")).exists();
  }

  @Test
  void a_large_compressed_file_goes_on_after_a_restart() throws Exception {
    int[] numbers = IntStream.range(100_000, 112_000).toArray();
    Files.write(folder.resolve("app.jsonl.gz"), gzip(Lines.of(numbers)));
    inbox.readOnce();
    inbox.pass(InboxUnderTest.FINISHED_AFTER);
    inbox.readOnce();
    assertThat(inbox.records()).hasSize(5_000);
    inbox.restart();
    inbox.readToTheEnd();

    assertThat(inbox.records())
        .isEqualTo(Lines.texts(Arrays.copyOfRange(numbers, 5_000, numbers.length)));
  }

  @Test
  void of_a_compressed_file_that_is_cut_off_the_rest_is_read_when_it_comes() throws Exception {
    byte[] content = gzip(Lines.of(IntStream.range(0, 2_000).toArray()));
    Files.write(folder.resolve("app.jsonl.gz"), Arrays.copyOf(content, content.length / 2));
    inbox.pass(InboxUnderTest.FINISHED_AFTER);
    inbox.readOnce();
    inbox.pass(InboxUnderTest.FINISHED_AFTER);
    assertThatThrownBy(inbox::read).isInstanceOf(EOFException.class);
    int before = inbox.records().size();
    assertThat(before).isBetween(100, 1_999);
    assertThat(folder.resolve("app.jsonl.gz")).exists();

    Files.write(folder.resolve("app.jsonl.gz"), content);
    inbox.readToTheEnd();
    assertThat(inbox.records()).isEqualTo(Lines.texts(IntStream.range(before, 2_000).toArray()));
    assertThat(folder.resolve("done/app.jsonl.gz")).exists();
  }

  @Test
  void more_files_than_may_be_open_are_all_followed() throws Exception {
    for (int i = 0; i < 150; i++) {
      append("app-" + i + "-.jsonl", Lines.of(i));
    }
    inbox.read();
    for (int i = 0; i < 150; i++) {
      append("app-" + i + "-.jsonl", Lines.of(1000 + i));
    }
    inbox.read();

    int[] expected =
        IntStream.concat(IntStream.range(0, 150), IntStream.range(1000, 1150)).toArray();
    assertThat(inbox.records()).containsExactlyInAnyOrderElementsOf(Lines.texts(expected));
  }

  @Test
  void only_one_at_a_time_reads_an_inbox() throws Exception {
    assertThatThrownBy(() -> new InboxUnderTest(folder, WhenFinished.MOVE))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("another process reads this inbox and holds ");
    inbox.close();
    inbox.open();
  }

  @Test
  void an_inbox_that_was_replaced_is_opened_again() throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.read();
    Files.move(folder.resolve(".offsets"), folder.resolve(".elsewhere"));

    assertThatThrownBy(inbox::read).hasMessage("its folder .offsets has been replaced");
    inbox.restart();
    inbox.read();
    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 1));
  }

  @Test
  void an_offset_that_cannot_be_read_is_named() throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.read();
    append(".offsets/0.json", "{");
    inbox.close();

    assertThatThrownBy(inbox::open)
        .hasMessageStartingWith(
            folder.resolve(".offsets/0.json")
                + " is no file offset; without it, its file is published from its start: ");
    Files.delete(folder.resolve(".offsets/0.json"));
    inbox.open();
  }

  private void append(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, CREATE, APPEND);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(US_ASCII));
    }
    return bytes.toByteArray();
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
