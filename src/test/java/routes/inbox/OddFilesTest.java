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
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void of_a_small_compressed_file_that_is_cut_off_the_rest_is_read_when_it_comes()
      throws Exception {
    byte[] content = gzip(Lines.of(1, 2));
    Files.write(folder.resolve("app.jsonl.gz"), Arrays.copyOf(content, content.length - 3));
    inbox.pass(InboxUnderTest.FINISHED_AFTER);
    inbox.readWhatCanBeRead();
    inbox.pass(InboxUnderTest.FINISHED_AFTER);
    inbox.readWhatCanBeRead();
    assertThat(inbox.status().failing()).containsOnlyKeys("app.jsonl.gz");

    Files.write(
        folder.resolve("app.jsonl.gz"),
        Arrays.copyOfRange(content, content.length - 3, content.length),
        APPEND);
    inbox.readToTheEnd();
    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2));
    assertThat(inbox.status().failing()).isEmpty();
  }

  @Test
  void what_follows_a_compressed_file_is_one_dead_letter_and_the_file_stays() throws Exception {
    byte[] first = gzip(Lines.of(1));
    Files.write(folder.resolve("app.jsonl.gz"), first);
    append("app.jsonl.gz", Lines.of(2, 3));
    readAllThereIs();
    inbox.restart();
    readAllThereIs();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1));
    assertThat(inbox.undeliverable())
        .singleElement()
        .satisfies(
            letter ->
                assertThat(letter.message())
                    .isEqualTo("From byte " + first.length + " on the file is no gzip"));
    assertThat(inbox.taken()).contains(Lines.of(2, 3).getBytes(US_ASCII));
    assertThat(folder.resolve("app.jsonl.gz")).exists();
    assertThat(inbox.status().failing())
        .containsExactly(
            entry(
                "app.jsonl.gz",
                "from byte %s on it is no gzip; these %s bytes are a dead letter"
                    .formatted(first.length, Lines.of(2, 3).length())));

    // As soon as it is whole, it is read on where it was and is done with.
    Files.write(folder.resolve("app.jsonl.gz"), gzip(Lines.of(1, 4)));
    readAllThereIs();
    assertThat(inbox.records()).isEqualTo(Lines.texts(4));
    assertThat(inbox.undeliverable()).hasSize(1);
    assertThat(folder.resolve("done/app.jsonl.gz")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "28b52ffd0400",
        "425a6839314159265359",
        "fd377a585a000004",
        "789cab5608",
        "feff007b0022",
        "fffe7b002200",
        "7b0022006100",
        "007b00220061",
        "504b030414000000"
      })
  void a_file_of_another_form_is_one_trouble_and_no_dead_letter(String beginning) throws Exception {
    Files.write(folder.resolve("app.jsonl"), HexFormat.of().parseHex(beginning));
    append("app.jsonl", "\n".repeat(1_000));
    readAllThereIs();

    assertThat(inbox.taken()).isEmpty();
    assertThat(inbox.status().failing())
        .hasEntrySatisfying(
            "app.jsonl",
            reason ->
                assertThat(reason)
                    .endsWith("; JSON Lines in UTF-8 are read, plain or compressed with gzip"));
    assertThat(folder.resolve("app.jsonl")).exists();

    Files.writeString(folder.resolve("app.jsonl"), Lines.of(1));
    readAllThereIs();
    assertThat(inbox.records()).isEqualTo(Lines.texts(1));
  }

  @Test
  void a_hole_before_a_line_is_counted_and_no_dead_letter() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("app.jsonl").toFile(), "rw")) {
      file.seek(4096);
      file.writeBytes(Lines.of(1));
      file.seek(60 << 20);
      file.writeBytes(Lines.of(2));
      file.setLength(file.length() + 1_000);
      readAllThereIs();

      assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2));
      assertThat(inbox.undeliverable()).isEmpty();
      assertThat(inbox.status().nulBytes()).isEqualTo(file.length() - Lines.of(1, 2).length());
      assertThat(folder.resolve("done/app.jsonl")).exists();

      // What stood at its end had been put aside for lines to come.
      file.seek(file.length() - 1_000);
      file.writeBytes(Lines.of(3));
      readAllThereIs();
      assertThat(inbox.records()).isEqualTo(Lines.texts(3));
    }
  }

  @Test
  void a_writer_that_was_not_told_of_a_cut_goes_on_behind_a_hole() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("app.jsonl").toFile(), "rw")) {
      file.writeBytes(Lines.of(1));
      inbox.read();
      long place = file.getFilePointer();
      file.setLength(0);
      file.seek(place);
      file.writeBytes(Lines.of(2));
      readAllThereIs();
    }
    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2));
    assertThat(inbox.undeliverable()).isEmpty();
  }

  @Test
  void files_that_were_put_together_may_have_a_byte_order_mark_each() throws Exception {
    append("app.jsonl", "\uFEFF" + Lines.of(1) + "\uFEFF" + Lines.of(2));
    inbox.readToTheEnd();
    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2));
  }

  @Test
  void a_file_that_cannot_be_moved_is_a_trouble_and_stays_known() throws Exception {
    append("done", "");
    append("app.jsonl", Lines.of(1));
    inbox.read();
    inbox.pass(InboxUnderTest.FINISHED_AFTER);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(inbox::readOnce).isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(folder.resolve("app.jsonl")).exists();

    Files.delete(folder.resolve("done"));
    inbox.read();
    assertThat(inbox.records()).isEqualTo(Lines.texts(1));
    assertThat(folder.resolve("done/app.jsonl")).exists();
  }

  @Test
  void what_is_published_while_offsets_cannot_be_kept_is_not_published_again() throws Exception {
    append("app.jsonl", Lines.of(1));
    append("other.jsonl", Lines.of(2));
    inbox.read();
    // In the place of what would be written first, as on a full disk.
    List<Path> inTheWay = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(folder.resolve(".offsets"), "*.json")) {
      for (Path document : all) {
        inTheWay.add(Files.createDirectory(Path.of(document + ".new")));
      }
    }
    append("app.jsonl", Lines.of(3));
    append("other.jsonl", Lines.of(4));
    assertThatThrownBy(inbox::read).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(inbox::read).isInstanceOf(FileSystemException.class);
    for (Path blocked : inTheWay) {
      Files.delete(blocked);
    }
    readAllThereIs();
    assertThat(inbox.records()).containsExactlyInAnyOrderElementsOf(Lines.texts(1, 2, 3, 4));
  }

  private void readAllThereIs() throws Exception {
    inbox.readWhatCanBeRead();
    inbox.pass(InboxUnderTest.FINISHED_AFTER);
    inbox.readWhatCanBeRead();
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
