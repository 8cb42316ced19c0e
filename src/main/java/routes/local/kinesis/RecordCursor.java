package routes.local.kinesis;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Reads the records of one segment file in order, checking each. It opens the file for itself, so
 * an interrupted reader closes only its own channel. For one thread.
 */
final class RecordCursor implements Closeable {

  private static final int WINDOW_BYTES = 256 << 10;

  private final Path file;
  private final FileChannel channel;
  private final long end;
  private final CRC32C crc = new CRC32C();
  private ByteBuffer window;
  private long windowEnd;
  private int entry;
  private int entryEnd;

  /**
   * Reads records from {@code offset}, where one must begin, to {@code end}, where one must end.
   */
  RecordCursor(Path file, long offset, long end) throws IOException {
    this.file = file;
    this.end = end;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, end - offset)).limit(0);
    this.windowEnd = offset;
  }

  /**
   * Goes to the next record; false at the end.
   *
   * @throws Segment.CorruptRecordException at bytes that are no record; {@link #offset} is where
   *     they begin
   */
  boolean next() throws IOException {
    window.position(entryEnd);
    entry = entryEnd;
    if (offset() == end) {
      return false;
    }
    require(RecordFormat.HEADER_BYTES);
    int body = window.getInt(entry);
    if (body < RecordFormat.BODY_FIXED_BYTES || body > RecordFormat.MAX_BODY_BYTES) {
      throw corrupt("a record cannot be %s bytes long".formatted(body));
    }
    require(RecordFormat.HEADER_BYTES + body);
    crc.reset();
    crc.update(window.array(), bodyStart(), body);
    if (window.getInt(entry + Integer.BYTES) != (int) crc.getValue()) {
      throw corrupt("the record's checksum does not match");
    }
    entryEnd = bodyStart() + body;
    if (dataStart() > entryEnd) {
      throw corrupt("the partition key is longer than the record");
    }
    return true;
  }

  private void require(int bytes) throws IOException {
    if (window.limit() - entry >= bytes) {
      return;
    }
    if (offset() + bytes > end) {
      throw corrupt("the record does not end before byte " + end);
    }
    window.position(entry);
    if (window.capacity() < bytes) {
      window = ByteBuffer.allocate(bytes + WINDOW_BYTES).put(window);
    } else {
      window.compact();
    }
    entry = 0;
    entryEnd = 0;
    // In small pieces: the JDK keeps a direct buffer per thread as large as the largest read.
    while (window.position() < bytes) {
      long wanted = Math.min(Math.min(WINDOW_BYTES, window.remaining()), end - windowEnd);
      int limit = window.position() + (int) wanted;
      int read = channel.read(window.limit(limit), windowEnd);
      if (read < 0) {
        throw new EOFException(file + " ends at byte " + windowEnd + ", expected " + end);
      }
      windowEnd += read;
      window.limit(window.capacity());
    }
    window.flip();
  }

  private Segment.CorruptRecordException corrupt(String what) {
    return new Segment.CorruptRecordException(file, offset(), what);
  }

  /** Where in the file the record begins that {@link #next} went to, or failed at. */
  long offset() {
    return windowEnd - (window.limit() - entry);
  }

  /** The bytes the record takes in the file. */
  int length() {
    return entryEnd - entry;
  }

  long counter() {
    return window.getLong(bodyStart());
  }

  /** Epoch milliseconds; never decreases within a shard. */
  long arrival() {
    return window.getLong(bodyStart() + Long.BYTES);
  }

  /** The array that holds the record until the next call of {@link #next}. */
  byte[] array() {
    return window.array();
  }

  int keyStart() {
    return bodyStart() + RecordFormat.BODY_FIXED_BYTES;
  }

  int keyLength() {
    return Short.toUnsignedInt(window.getShort(keyStart() - Short.BYTES));
  }

  int dataStart() {
    return keyStart() + keyLength();
  }

  int dataLength() {
    return entryEnd - dataStart();
  }

  private int bodyStart() {
    return entry + RecordFormat.HEADER_BYTES;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
