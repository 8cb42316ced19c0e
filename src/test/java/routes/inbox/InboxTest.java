package routes.inbox;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.deadletter.Source;

/** Growing and complete files, from the moment they appear until they are done. */
class InboxTest {

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
  void lines_are_read_as_they_come_and_the_file_is_moved_when_no_more_come() throws Exception {
    append("app.jsonl", Lines.of(1, 2));
    inbox.read();
    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2));

    append("app.jsonl", Lines.of(3));
    inbox.pass(InboxUnderTest.FINISHED_AFTER);
    inbox.read();
    assertThat(inbox.records()).isEqualTo(Lines.texts(3));
    assertThat(folder.resolve("app.jsonl")).exists();

    inbox.readToTheEnd();
    assertThat(inbox.records()).isEmpty();
    assertThat(folder.resolve("app.jsonl")).doesNotExist();
    assertThat(folder.resolve("done/app.jsonl")).hasContent(Lines.of(1, 2, 3));
  }

  @Test
  void half_a_line_waits_for_its_other_half() throws Exception {
    String line = Lines.of(1);
    append("app.jsonl", line.substring(0, 20));
    inbox.read();
    append("app.jsonl", line.substring(20));
    inbox.read();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1));
    assertThat(inbox.undeliverable()).isEmpty();
  }

  @Test
  void a_last_line_without_an_end_is_read_when_the_file_is_complete() throws Exception {
    append("app.jsonl", Lines.of(1) + Lines.of(2).strip());
    inbox.read();
    assertThat(inbox.records()).isEqualTo(Lines.texts(1));

    inbox.readToTheEnd();
    assertThat(inbox.records()).isEqualTo(Lines.texts(2));
    assertThat(folder.resolve("done/app.jsonl")).exists();
  }

  @Test
  void a_line_that_is_no_record_is_known_by_file_offset_and_number() throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.read();
    append("app.jsonl", "\noops\n");
    inbox.read();

    String file = folder.resolve("app.jsonl").toString();
    assertThat(inbox.undeliverable())
        .extracting(one -> one.source())
        .containsExactly(
            new Source.File(file, "2026-11-20T09:00:00Z", Lines.of(1).length() + 1L, 3));
  }

  @Test
  void empty_files_and_blank_ones_are_done_without_a_word() throws Exception {
    append("empty.jsonl", "");
    append("blank.jsonl", "\n \r\n\n");
    append("short.jsonl", "\n");

    inbox.readToTheEnd();

    assertThat(inbox.records()).isEmpty();
    assertThat(folder.resolve("done").toFile().list())
        .containsExactlyInAnyOrder("empty.jsonl", "blank.jsonl", "short.jsonl");
  }

  @Test
  void a_restart_goes_on_at_the_first_line_not_published() throws Exception {
    append("app.jsonl", Lines.of(1) + "oops\n");
    inbox.read();
    inbox.restart();
    append("app.jsonl", "oops\n" + Lines.of(2));
    inbox.read();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2));
    assertThat(inbox.undeliverable())
        .extracting(one -> ((Source.File) one.source()).line())
        .containsExactly(2L, 3L);
  }

  @Test
  void lines_published_and_not_noted_have_the_same_ids_again() throws Exception {
    append("app.jsonl", "{\"timestamp\":1700000001,\"service\":\"a\"}\n".repeat(2));
    inbox.failWith(new IllegalStateException("killed"));
    assertThatThrownBy(inbox::read).hasMessage("killed");
    List<String> first = inbox.records();

    inbox.failWith(null);
    inbox.restart();
    Files.move(folder.resolve("app.jsonl"), folder.resolve("app.jsonl.1"));
    inbox.read();

    assertThat(first).hasSize(2).doesNotHaveDuplicates();
    assertThat(inbox.records()).isEqualTo(first);
  }

  @Test
  void the_same_lines_in_another_file_are_others_even_if_it_has_the_same_inode() throws Exception {
    String content = "{\"timestamp\":1700000001,\"service\":\"a\"}\n";
    append("app.jsonl", content);
    inbox.read();
    List<String> ids = inbox.records();
    Files.writeString(folder.resolve("app.jsonl"), "");
    inbox.read();
    append("app.jsonl", content);
    inbox.read();

    assertThat(inbox.records()).hasSize(1).doesNotContainAnyElementsOf(ids);
  }

  @Test
  void a_large_file_does_not_hold_up_a_small_one() throws Exception {
    append("large.jsonl", Lines.of(IntStream.range(100_000, 130_000).toArray()));
    append("small.jsonl", Lines.of(1));

    inbox.readOnce();

    assertThat(inbox.records()).hasSize(5_001).contains(Lines.texts(1).get(0));
    inbox.readToTheEnd();
    assertThat(inbox.records()).hasSize(25_000);
  }

  @Test
  void a_name_that_is_taken_is_kept_in_a_folder_of_its_own() throws Exception {
    for (int i = 0; i < 3; i++) {
      append("app.jsonl", Lines.of(i));
      inbox.readToTheEnd();
    }

    assertThat(inbox.records()).isEqualTo(Lines.texts(0, 1, 2));
    assertThat(folder.resolve("done/app.jsonl")).hasContent(Lines.of(0));
    assertThat(folder.resolve("done/20261120T090005.000Z/app.jsonl")).hasContent(Lines.of(1));
    assertThat(folder.resolve("done/20261120T090010.000Z/app.jsonl")).hasContent(Lines.of(2));
  }

  @Test
  void a_file_that_grows_after_it_was_moved_is_read_on() throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.readToTheEnd();
    append("done/app.jsonl", Lines.of(2));
    inbox.read();
    inbox.restart();
    append("done/app.jsonl", Lines.of(3));
    inbox.readToTheEnd();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2, 3));
    assertThat(folder.resolve("done/app.jsonl")).hasContent(Lines.of(1, 2, 3));
  }

  @Test
  void a_file_moved_back_is_known() throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.readToTheEnd();
    Files.move(folder.resolve("done/app.jsonl"), folder.resolve("again.jsonl"));
    inbox.readToTheEnd();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1));
    assertThat(folder.resolve("done/again.jsonl")).exists();
  }

  @Test
  void files_that_are_kept_stay_and_are_read_once() throws Exception {
    reopen(WhenFinished.KEEP);
    append("app.jsonl", Lines.of(1));
    inbox.readToTheEnd();
    inbox.restart();
    inbox.readToTheEnd();
    append("app.jsonl", Lines.of(2));
    inbox.readToTheEnd();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1, 2));
    assertThat(folder.resolve("app.jsonl")).hasContent(Lines.of(1, 2));
  }

  @Test
  void files_that_are_deleted_leave_nothing_behind() throws Exception {
    reopen(WhenFinished.DELETE);
    append("app.jsonl", Lines.of(1));
    inbox.readToTheEnd();

    assertThat(inbox.records()).isEqualTo(Lines.texts(1));
    assertThat(folder.resolve("app.jsonl")).doesNotExist();
    assertThat(folder.resolve(".offsets").toFile().list()).containsExactly("lock");
  }

  @Test
  void what_is_unread_is_told() throws Exception {
    append("app.jsonl", Lines.of(1));
    inbox.read();
    append("app.jsonl", "half");
    inbox.read();
    assertThat(inbox.status().unreadBytes()).isEqualTo(4);
    assertThat(inbox.status().files()).isEqualTo(1);

    inbox.readToTheEnd();
    assertThat(inbox.status().unreadBytes()).isZero();
    assertThat(inbox.status().files()).isZero();
  }

  private void reopen(WhenFinished whenFinished) throws IOException {
    inbox.close();
    inbox = new InboxUnderTest(folder, whenFinished);
  }

  private void append(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, CREATE, APPEND);
  }
}
