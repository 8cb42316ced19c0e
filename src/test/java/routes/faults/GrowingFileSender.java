package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Appends to a file in the inbox as a logger does: its buffer ends anywhere in a line, and now and
 * then it renames the file, goes on in it for a moment and begins a new one.
 */
final class GrowingFileSender implements Load.Sender {

  private static final int MOST_LINES = 200;
  private static final double ROTATED = 0.05;

  private final Path inbox;
  private final Lines lines;
  private final SentRecords sent;
  private final Random random;
  private FileChannel file;
  private List<Line> unfinished = List.of();
  private byte[] rest = {};
  private int rotations;
  private boolean renamed;

  GrowingFileSender(Path inbox, Lines lines, SentRecords sent, Random random) throws IOException {
    this.inbox = inbox;
    this.lines = lines;
    this.sent = sent;
    this.random = random;
    this.file = open();
  }

  @Override
  public void send() throws IOException {
    finishLine();
    if (renamed) {
      file.close();
      file = open();
      renamed = false;
    }
    List<Line> records = lines.withoutId(1 + random.nextInt(MOST_LINES));
    sent.sending(records);
    StringBuilder text = new StringBuilder();
    records.forEach(record -> text.append(record.json()).append('\n'));
    byte[] bytes = text.toString().getBytes(UTF_8);
    int cut = bytes.length - random.nextInt(records.get(records.size() - 1).json().length());
    write(Arrays.copyOf(bytes, cut));
    rest = Arrays.copyOfRange(bytes, cut, bytes.length);
    unfinished = records;
    if (random.nextDouble() < ROTATED) {
      Files.move(
          inbox.resolve("growing.jsonl"),
          inbox.resolve("growing-%d.jsonl".formatted(rotations++)),
          StandardCopyOption.ATOMIC_MOVE);
      renamed = true;
    }
  }

  /** Writes what the last line lacks. */
  @Override
  public void finish() throws IOException {
    finishLine();
    file.close();
  }

  private void finishLine() throws IOException {
    write(rest);
    sent.acknowledged(unfinished);
    rest = new byte[0];
    unfinished = List.of();
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        inbox.resolve("growing.jsonl"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void write(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }
}
