package routes.inbox;

import java.io.IOException;
import java.io.InputStream;

/** A stretch of content as a stream. */
final class ContentStream extends InputStream {

  private static final int READ_AT_ONCE = 1 << 16;

  private final Content content;
  private long position;
  private long left;

  ContentStream(Content content, long offset, long length) {
    this.content = content;
    this.position = offset;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    byte[] bytes = content.read(position, (int) Math.min(Math.min(length, READ_AT_ONCE), left));
    if (bytes.length == 0) {
      return length == 0 ? 0 : -1;
    }
    System.arraycopy(bytes, 0, into, at, bytes.length);
    position += bytes.length;
    left -= bytes.length;
    return bytes.length;
  }
}
