package routes.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.Snappy;
import java.io.IOException;

/** A block of Snappy, as remote write sends it: no frames, the length first. */
final class SnappyBlock {

  private SnappyBlock() {}

  /**
   * How long the block is decompressed, by its own account.
   *
   * @throws IOException when it does not begin with a length of 32 bits
   */
  static long length(byte[] block) throws IOException {
    long length = 0;
    for (int i = 0; i < block.length && i < 5; i++) {
      length |= (block[i] & 0x7fL) << (7 * i);
      if (block[i] >= 0) {
        return length;
      }
    }
    throw new IOException("it does not begin with its length");
  }

  /**
   * The block decompressed.
   *
   * @param length {@link #length}, for which there is memory
   * @throws IOException when it is malformed, or not so long
   */
  static byte[] decode(byte[] block, int length) throws IOException {
    byte[] decoded = new byte[length];
    ByteBuf out = Unpooled.wrappedBuffer(decoded).clear();
    try {
      new Snappy().decode(Unpooled.wrappedBuffer(block), out);
    } catch (DecompressionException | IndexOutOfBoundsException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
    if (out.writerIndex() != length) {
      throw new IOException(
          "it holds %s bytes where it says %s".formatted(out.writerIndex(), length));
    }
    return decoded;
  }
}
