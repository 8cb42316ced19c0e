package routes.intake;

import com.google.common.io.ByteStreams;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;
import routes.deadletter.Original;
import routes.deadletter.Undeliverable;
import routes.record.FileLines;
import routes.record.FileSource;
import routes.record.LineBatch;
import routes.record.LineBatches;
import routes.record.RecordParser;
import routes.record.RejectedLine;

/** Reads complete JSON Lines files in batches that suit {@code PutRecords}. Thread-safe. */
public final class InboxFiles {

  private static final int BATCH_LINES = 5_000;
  private static final int BATCH_BYTES = 4 << 20;

  private final LineBatches batches;
  private final Clock clock;

  public InboxFiles(RecordParser parser) {
    this(parser, Clock.systemUTC());
  }

  InboxFiles(RecordParser parser, Clock clock) {
    this.batches = new LineBatches(parser, BATCH_LINES, BATCH_BYTES);
    this.clock = clock;
  }

  /** The file's lines, read as they are asked for; the caller closes them. */
  public FileLines read(File file) throws IOException {
    Path path = file.toPath();
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Object key = attributes.fileKey();
    FileSource source =
        new FileSource(
            path.toString(),
            key == null ? path.toString() : key.toString(),
            attributes.lastModifiedTime().toMillis());
    return batches.of(Files.newInputStream(path), source, clock.instant());
  }

  /** The lines among these that are no acceptable records. */
  public List<Undeliverable> undeliverable(LineBatch lines) {
    return lines.rejected().stream().map(line -> undeliverable(lines.file(), line)).toList();
  }

  private Undeliverable undeliverable(FileSource file, RejectedLine line) {
    return new Undeliverable(
        bytesOf(file, line),
        line.rejection(),
        "ingest-files",
        new routes.deadletter.FileSource(file.name(), line.offset(), line.number()),
        null,
        null,
        1,
        clock.instant());
  }

  private static Original bytesOf(FileSource file, RejectedLine line) {
    return line.bytes().isEmpty()
        ? new Original.Elsewhere(line.length(), () -> open(file, line))
        : new Original.InMemory(line.bytes());
  }

  private static InputStream open(FileSource file, RejectedLine line) throws IOException {
    InputStream in = Files.newInputStream(Path.of(file.name()));
    in.skipNBytes(line.offset());
    return ByteStreams.limit(in, line.length());
  }
}
