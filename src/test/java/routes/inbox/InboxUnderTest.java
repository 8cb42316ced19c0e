package routes.inbox;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import routes.deadletter.DeadLetter;
import routes.deadletter.Original;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.LogRecord;
import routes.record.RecordLimits;
import routes.record.RecordParsers;

/** An inbox whose time stands still, and what came out of it. */
final class InboxUnderTest implements Closeable {

  static final Duration FINISHED_AFTER = Duration.ofSeconds(5);

  private static final RecordParsers PARSERS =
      new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);

  private final Path folder;
  private final WhenFinished whenFinished;
  private final List<LogRecord> records = new ArrayList<>();
  private final List<DeadLetter> undeliverable = new ArrayList<>();
  private final List<byte[]> taken = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T09:00:00Z");
  private Inbox inbox;
  private @Nullable RuntimeException failure;
  private @Nullable Meanwhile meanwhile;

  /** What somebody else does. */
  interface Meanwhile {
    void happens() throws IOException;
  }

  InboxUnderTest(Path folder, WhenFinished whenFinished) throws IOException {
    this.folder = folder;
    this.whenFinished = whenFinished;
    this.inbox = opened();
  }

  /** Looks and reads until there is nothing more to do at this moment. */
  void read() throws Exception {
    while (readOnce()) {
      // until there is no more
    }
  }

  /** Reads as {@link InboxReader} does, which leaves a file alone that cannot be read on. */
  void readWhatCanBeRead() throws Exception {
    boolean more;
    do {
      more = false;
      for (FollowedFile file : inbox.look()) {
        try {
          more |= inbox.turn(file, this::take);
        } catch (EOFException | ZipException | Inbox.UnreadableException damaged) {
          file.damaged(damaged.getMessage());
        }
      }
    } while (more);
  }

  /** Gives each file one turn. */
  boolean readOnce() throws Exception {
    boolean more = false;
    for (FollowedFile file : inbox.look()) {
      more |= inbox.turn(file, this::take);
    }
    return more;
  }

  /** Reads, waits until all that does not change is complete, and reads again. */
  void readToTheEnd() throws Exception {
    read();
    pass(FINISHED_AFTER);
    read();
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** The texts of the records since this was asked last. */
  List<String> records() {
    List<String> texts = records.stream().map(record -> record.line().toString()).toList();
    records.clear();
    return texts;
  }

  List<LogRecord> wholeRecords() {
    List<LogRecord> all = List.copyOf(records);
    records.clear();
    return all;
  }

  /** The bytes of all records and dead letters so far, each as it was when it was taken. */
  List<byte[]> taken() {
    return taken;
  }

  List<DeadLetter> undeliverable() {
    return undeliverable;
  }

  /** From now on the route fails, after it has published; null for no more. */
  void failWith(@Nullable RuntimeException failure) {
    this.failure = failure;
  }

  /** Lets something happen while the route has the next lines. */
  void whilePublishing(Meanwhile meanwhile) {
    this.meanwhile = meanwhile;
  }

  InboxStatus status() {
    return inbox.status();
  }

  /** As if the process had been killed and started again. */
  void restart() throws IOException {
    close();
    open();
  }

  /** Opens it again after it was closed. */
  void open() throws IOException {
    inbox = opened();
  }

  @Override
  public void close() throws IOException {
    inbox.close();
  }

  private Inbox opened() throws IOException {
    return Inbox.open(
        new InboxSettings(folder, "*.{jsonl,jsonl.gz}", FINISHED_AFTER, whenFinished),
        PARSERS,
        new InstantSource() {
          @Override
          public Instant instant() {
            return now;
          }
        },
        () -> Duration.between(Instant.EPOCH, now).toNanos());
  }

  private void take(LineBatch lines) throws IOException {
    if (meanwhile != null) {
      meanwhile.happens();
      meanwhile = null;
    }
    records.addAll(lines.accepted());
    undeliverable.addAll(lines.undeliverable());
    lines.accepted().forEach(record -> taken.add(record.line().toByteArray()));
    for (DeadLetter one : lines.undeliverable()) {
      try (InputStream in = ((Original) one.content()).open()) {
        taken.add(in.readAllBytes());
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
