package routes.local.kinesis;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import routes.files.DurableFiles;

/**
 * Appends to one segment file and forces each append to disk. Not a channel, because a channel
 * closes itself when the thread that writes is interrupted, and would take the shard with it. For
 * one thread at a time.
 */
final class SegmentWriter implements Closeable {

  /** The JDK copies each piece to native memory first. */
  private static final int PIECE_BYTES = 64 << 10;

  private final RandomAccessFile file;
  private long forced;
  private boolean dirty;

  private SegmentWriter(RandomAccessFile file, long forced) {
    this.file = file;
    this.forced = forced;
  }

  static SegmentWriter create(Path path) throws IOException {
    SegmentWriter writer = reopen(path, 0);
    try {
      byte[] header =
          ByteBuffer.allocate(RecordFormat.FILE_HEADER_BYTES).putLong(RecordFormat.MAGIC).array();
      writer.append(header, header.length);
      DurableFiles.forceNameOf(path);
      return writer;
    } catch (IOException e) {
      writer.close();
      throw e;
    }
  }

  /** Goes on after the first {@code length} bytes and cuts what follows them. */
  static SegmentWriter reopen(Path path, long length) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      file.setLength(length);
      // A killed process may have left these bytes in memory only, and readers are to see them.
      file.getFD().sync();
      return new SegmentWriter(file, length);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Returns once the bytes are on disk; after an exception none of them count as written. */
  void append(byte[] bytes, int length) throws IOException {
    if (dirty) {
      file.setLength(forced);
    }
    dirty = true;
    file.seek(forced);
    for (int start = 0; start < length; start += PIECE_BYTES) {
      file.write(bytes, start, Math.min(PIECE_BYTES, length - start));
    }
    file.getFD().sync();
    forced += length;
    dirty = false;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
