package routes.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParsers;

class InboxReaderTest {

  @TempDir Path folder;
  private final List<String> records = new CopyOnWriteArrayList<>();
  private final AtomicReference<InboxStatus> status = new AtomicReference<>(InboxStatus.UNKNOWN);
  private final AtomicInteger failures = new AtomicInteger();
  private final InboxReader reader = new InboxReader(this::openInbox, this::take, 10, status::set);
  private final Thread thread = new Thread(reader);

  @AfterEach
  void stop() throws InterruptedException {
    reader.stop();
    thread.join();
  }

  @Test
  void a_file_that_cannot_be_read_on_is_told_and_holds_up_no_other() throws Exception {
    Files.write(folder.resolve("broken.jsonl.gz"), new byte[] {0x1f, (byte) 0x8b, 8});
    thread.start();
    await().until(() -> status.get().failing().containsKey("broken.jsonl.gz"));
    Files.writeString(folder.resolve("app.jsonl"), Lines.of(1));

    await().until(() -> !records.isEmpty());
    assertThat(records).isEqualTo(Lines.texts(1));
    assertThat(status.get().trouble()).isNull();
    assertThat(folder.resolve("broken.jsonl.gz")).exists();
  }

  @Test
  void lines_that_the_route_does_not_take_come_again() throws Exception {
    failures.set(1);
    Files.writeString(folder.resolve("app.jsonl"), Lines.of(1, 2));
    thread.start();

    await().until(() -> records.size() == 4);
    assertThat(records).isEqualTo(Lines.texts(1, 2, 1, 2));
  }

  @Test
  void an_inbox_that_another_has_is_waited_for() throws Exception {
    Files.writeString(folder.resolve("app.jsonl"), Lines.of(1));
    try (Inbox other = openInbox()) {
      thread.start();
      await().until(() -> status.get().trouble() != null);
      assertThat(status.get().trouble()).startsWith("another process reads this inbox");
      assertThat(records).isEmpty();
      assertThat(other.look()).hasSize(1);
    }
    await().until(() -> !records.isEmpty());
    assertThat(status.get().trouble()).isNull();
  }

  @Test
  void a_folder_that_is_gone_and_comes_back_is_read_again() throws Exception {
    Path inbox = folder;
    thread.start();
    await().until(() -> Files.exists(inbox.resolve(".offsets/lock")));
    Files.delete(inbox.resolve(".offsets/lock"));
    Files.writeString(inbox.resolve("app.jsonl"), Lines.of(1));

    await().until(() -> !records.isEmpty());
    assertThat(records).isEqualTo(Lines.texts(1));
  }

  private Inbox openInbox() throws IOException {
    return Inbox.open(
        new InboxSettings(folder, "*.{jsonl,jsonl.gz}", Duration.ZERO, WhenFinished.KEEP),
        new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
        InstantSource.system(),
        System::nanoTime);
  }

  private void take(LineBatch lines) {
    lines.accepted().forEach(record -> records.add(record.line().toString()));
    if (failures.getAndDecrement() > 0) {
      throw new IllegalStateException("Kinesis is away");
    }
  }
}
