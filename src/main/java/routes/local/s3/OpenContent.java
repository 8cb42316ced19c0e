package routes.local.s3;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A part of an open file, which stays what it is whatever is put at its key meanwhile.
 *
 * @param offset of the first byte
 * @param length in bytes
 */
record OpenContent(FileChannel file, long offset, long length) implements AutoCloseable {

  OpenContent part(long from, long bytes) {
    return new OpenContent(file, offset + from, bytes);
  }

  /**
   * Some of its bytes.
   *
   * @throws EOFException when the file has become shorter
   */
  byte[] read(long from, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, offset + from + buffer.position()) < 0) {
        throw new EOFException("An object's file was made shorter while it was read");
      }
    }
    return buffer.array();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
