package routes.local.kinesis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Keeps a full segment's index beside it, so that opening a shard of gigabytes does not read them.
 * It only saves time: whatever is missing or damaged is made again from the segment.
 */
final class IndexFile {

  private static final long MAGIC = 0x4b494e4458303031L; // "KINDX001"
  private static final int FIXED_BYTES = 4 * Long.BYTES + Integer.BYTES;
  private static final int ENTRY_BYTES = 3 * Long.BYTES;

  private IndexFile() {}

  static Path of(Path segmentFile) {
    return segmentFile.resolveSibling(segmentFile.getFileName() + ".index");
  }

  static void write(Segment segment) throws IOException {
    SparseIndex index = segment.index();
    ByteBuffer buffer =
        ByteBuffer.allocate(FIXED_BYTES + index.size() * ENTRY_BYTES + Integer.BYTES)
            .putLong(MAGIC)
            .putLong(segment.length())
            .putLong(segment.lastCounter())
            .putLong(segment.lastArrival())
            .putInt(index.size());
    for (int i = 0; i < index.size(); i++) {
      buffer.putLong(index.counter(i)).putLong(index.arrival(i)).putLong(index.offset(i));
    }
    buffer.putInt(checksum(buffer.array(), buffer.position()));
    Files.write(of(segment.file()), buffer.array());
  }

  /** Fills a segment from its index file; false, and the segment untouched, if that cannot be. */
  static boolean read(Segment segment) throws IOException {
    Path file = of(segment.file());
    if (!Files.exists(file)) {
      return false;
    }
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length - Integer.BYTES;
    if (end < FIXED_BYTES) {
      return false;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.getInt(end) != checksum(bytes, end) || buffer.getLong() != MAGIC) {
      return false;
    }
    long length = buffer.getLong();
    if (length != Files.size(segment.file())) {
      return false;
    }
    segment.restore(length, buffer.getLong(), buffer.getLong());
    for (int left = buffer.getInt(); left > 0; left--) {
      segment.index().keep(buffer.getLong(), buffer.getLong(), buffer.getLong());
    }
    return true;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
