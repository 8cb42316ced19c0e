package routes.local.kinesis;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What is known of one segment file: how long it is, what its last record is, and a sparse index.
 * Not synchronised; its {@link ShardLog} guards it.
 */
final class Segment {

  static final String SUFFIX = ".log";

  private final Path file;
  private final long firstCounter;
  private final SparseIndex index = new SparseIndex();
  private long length = RecordFormat.FILE_HEADER_BYTES;
  private long lastCounter;
  private long lastArrival;

  /** An empty segment whose first record, once it comes, has at least this counter. */
  Segment(Path directory, long firstCounter) {
    this.file = directory.resolve(String.format(Locale.ROOT, "%019d", firstCounter) + SUFFIX);
    this.firstCounter = firstCounter;
    this.lastCounter = firstCounter - 1;
  }

  static Segment of(Path directory, String name) {
    String digits = name.substring(0, name.length() - SUFFIX.length());
    return new Segment(directory, Long.parseLong(digits));
  }

  /**
   * Reads the whole file.
   *
   * @throws CorruptRecordException where the records end before the file does; what came before is
   *     known by then
   */
  void scan() throws IOException {
    long size = Files.size(file);
    if (size < RecordFormat.FILE_HEADER_BYTES) {
      throw new CorruptRecordException(file, 0, "the file's header is missing");
    }
    checkFormat();
    try (RecordCursor cursor = new RecordCursor(file, length, size)) {
      while (cursor.next()) {
        add(cursor.counter(), cursor.arrival(), cursor.length());
      }
    }
  }

  private void checkFormat() throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      if (in.readLong() != RecordFormat.MAGIC) {
        throw new IOException(file + " is no segment of a format known here");
      }
    }
  }

  /** Takes note of records that were written to the end of the file. */
  void append(byte[] records, int bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(records, 0, bytes);
    int position = 0;
    while (position < bytes) {
      int recordBytes = RecordFormat.HEADER_BYTES + buffer.getInt(position);
      int body = position + RecordFormat.HEADER_BYTES;
      add(buffer.getLong(body), buffer.getLong(body + Long.BYTES), recordBytes);
      position += recordBytes;
    }
  }

  /** Takes over what an index file tells. */
  void restore(long fileLength, long counterOfLast, long arrivalOfLast) {
    length = fileLength;
    lastCounter = counterOfLast;
    lastArrival = arrivalOfLast;
  }

  private void add(long counter, long arrival, long bytes) {
    index.offer(counter, arrival, length);
    lastCounter = counter;
    lastArrival = arrival;
    length += bytes;
  }

  Path file() {
    return file;
  }

  long firstCounter() {
    return firstCounter;
  }

  /** The counter of the last record; one less than the first counter if there is none. */
  long lastCounter() {
    return lastCounter;
  }

  long lastArrival() {
    return lastArrival;
  }

  long length() {
    return length;
  }

  boolean isEmpty() {
    return index.size() == 0;
  }

  SparseIndex index() {
    return index;
  }

  /** Bytes in a segment file are not the record that was written there. */
  static final class CorruptRecordException extends IOException {

    private static final long serialVersionUID = 1L;

    CorruptRecordException(Path file, long offset, String what) {
      super("%s is damaged at byte %s: %s".formatted(file, offset, what));
    }
  }
}
