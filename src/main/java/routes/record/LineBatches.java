package routes.record;

import java.io.InputStream;
import java.time.Instant;

/**
 * Reads JSON Lines files in batches, so that a file of any size passes through with the memory of a
 * batch. Safe for use by many threads, one file each.
 */
public final class LineBatches {

  private final RecordParser parser;
  private final int maxLines;
  private final int maxBytes;

  /**
   * @param maxLines the lines that close a batch, at least 1
   * @param maxBytes the bytes that close a batch, at least 1; it is over by less than a line
   */
  public LineBatches(RecordParser parser, int maxLines, int maxBytes) {
    if (maxLines < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "Batches of " + maxLines + " lines and " + maxBytes + " bytes: at least 1 of each");
    }
    this.parser = parser;
    this.maxLines = maxLines;
    this.maxBytes = maxBytes;
  }

  /**
   * The batches of a complete file, one after the other.
   *
   * @param in the file from its start; closed with the batches
   * @param arrival when the file's records count as having arrived
   */
  public FileLines of(InputStream in, FileSource file, Instant arrival) {
    // A line as long as a record may be, with CR and LF, must fit.
    int capacity = Math.max(maxBytes, parser.maxBytes() + 2);
    return new FileLines(new LineReader(in, capacity), file, arrival, parser, maxLines, maxBytes);
  }
}
