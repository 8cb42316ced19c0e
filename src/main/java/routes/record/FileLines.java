package routes.record;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one file, batch by batch, read as they are asked for. Blank lines are passed over.
 * Throws {@link UncheckedIOException} when the file cannot be read. For one thread at a time.
 */
public final class FileLines implements Iterator<LineBatch>, Closeable {

  private final LineReader lines;
  private final FileSource file;
  private final Instant arrival;
  private final RecordParser parser;
  private final int maxLines;
  private final int maxBytes;
  private @Nullable LineBatch next;

  FileLines(
      LineReader lines,
      FileSource file,
      Instant arrival,
      RecordParser parser,
      int maxLines,
      int maxBytes) {
    this.lines = lines;
    this.file = file;
    this.arrival = arrival;
    this.parser = parser;
    this.maxLines = maxLines;
    this.maxBytes = maxBytes;
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      next = read();
    }
    return next != null;
  }

  @Override
  public LineBatch next() {
    LineBatch batch = next == null ? read() : next;
    if (batch == null) {
      throw new NoSuchElementException("The file " + file.name() + " has no more lines");
    }
    next = null;
    return batch;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private @Nullable LineBatch read() {
    long offset = lines.offset();
    List<LogRecord> accepted = new ArrayList<>();
    List<RejectedLine> rejected = new ArrayList<>();
    while (accepted.size() + rejected.size() < maxLines && lines.offset() - offset < maxBytes) {
      Line line = nextLine();
      if (line == null) {
        break;
      }
      ParseResult result = parse(line);
      if (result instanceof LogRecord record) {
        accepted.add(record);
      } else if (result instanceof Rejection rejection) {
        ByteSlice bytes = line.bytes() == null ? ByteSlice.of(new byte[0]) : line.bytes();
        rejected.add(
            new RejectedLine(line.number(), line.offset(), line.length(), rejection, bytes));
      }
    }
    return accepted.isEmpty() && rejected.isEmpty()
        ? null
        : new LineBatch(file, offset, lines.offset(), accepted, rejected);
  }

  /** The next line that is not blank, or null at the end of the file. */
  private @Nullable Line nextLine() {
    try {
      Line line = lines.next();
      while (line != null && line.bytes() != null && line.bytes().isEmpty()) {
        line = lines.next();
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read " + file.name() + " from byte " + lines.offset() + " on", e);
    }
  }

  private ParseResult parse(Line line) {
    ByteSlice bytes = line.bytes();
    if (bytes == null) {
      return new Rejection(
          Reason.TOO_LARGE,
          "The line takes " + line.length() + " bytes, of at most " + parser.maxBytes());
    }
    Completion completion = new Completion(null, () -> file.ingestId(line.offset(), bytes));
    return parser.parse(bytes, arrival, completion);
  }
}
