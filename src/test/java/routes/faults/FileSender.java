package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import routes.deadletter.Source;
import routes.signal.Signal;

/** Drops files into the inbox, of several reads' length, with lines among them that are poison. */
final class FileSender implements Load.Sender {

  private static final int MOST_LINES = 12_000;
  private static final double POISON = 0.001;

  private final Path inbox;
  private final Path drafts;
  private final Lines lines;
  private final SentRecords sent;
  private final SentPoison poison;
  private final Random random;
  private int files;

  FileSender(
      Path inbox, Path drafts, Lines lines, SentRecords sent, SentPoison poison, Random random) {
    this.inbox = inbox;
    this.drafts = drafts;
    this.lines = lines;
    this.sent = sent;
    this.poison = poison;
    this.random = random;
  }

  @Override
  public void send() throws IOException {
    Signal signal = lines.signal();
    String name =
        "file-%d%s.jsonl".formatted(files++, signal == Signal.LOGS ? "" : "." + signal.word());
    List<Line> records = lines.withoutId(1 + random.nextInt(MOST_LINES));
    sent.sending(records);
    Files.write(drafts.resolve(name), content(inbox.resolve(name), records));
    Files.move(drafts.resolve(name), inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    sent.acknowledged(records);
  }

  private byte[] content(Path file, List<Line> records) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    long number = 1;
    for (Line record : records) {
      if (random.nextDouble() < POISON) {
        byte[] bytes = lines.poison().getBytes(UTF_8);
        Source.File source =
            new Source.File(file.toString(), SentPoison.UNFORESEEN, content.size(), number++);
        poison.sent(lines.signal(), "ingest-files", source, bytes);
        content.writeBytes(bytes);
        content.write('\n');
      }
      content.writeBytes(record.json().getBytes(UTF_8));
      content.write('\n');
      number++;
    }
    return content.toByteArray();
  }
}
