package routes.local.kinesis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records of one shard that go to disk together. Guarded by the lock of its {@link ShardLog} until
 * a flush takes it, then owned by the flushing thread.
 */
final class Batch {

  private static final int INITIAL_BYTES = 64 << 10;

  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private boolean done;
  private @Nullable IOException failure;

  void add(long counter, long arrival, byte[] partitionKey, byte[] data) {
    int body = RecordFormat.BODY_FIXED_BYTES + partitionKey.length + data.length;
    reserve(RecordFormat.HEADER_BYTES + body);
    int start = buffer.position();
    int bodyStart = start + RecordFormat.HEADER_BYTES;
    buffer
        .putInt(body)
        .position(bodyStart)
        .putLong(counter)
        .putLong(arrival)
        .putShort((short) partitionKey.length)
        .put(partitionKey)
        .put(data);
    CRC32C crc = new CRC32C();
    crc.update(buffer.array(), bodyStart, body);
    buffer.putInt(start + Integer.BYTES, (int) crc.getValue());
  }

  private void reserve(int bytes) {
    if (buffer.remaining() < bytes) {
      int needed = buffer.position() + bytes;
      int capacity = Math.max(INITIAL_BYTES, Math.max(needed, 2 * buffer.capacity()));
      buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
    }
  }

  int size() {
    return buffer.position();
  }

  /** The records' bytes begin at index 0 and are {@link #size} long. */
  byte[] bytes() {
    return buffer.array();
  }

  boolean isDone() {
    return done;
  }

  void finish(@Nullable IOException outcome) {
    done = true;
    failure = outcome;
    buffer = ByteBuffer.allocate(0);
  }

  void throwIfFailed() throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }
}
