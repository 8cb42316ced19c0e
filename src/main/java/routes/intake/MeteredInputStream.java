package routes.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that takes memory for what is read of it, before its reader keeps it: twice its bytes,
 * as the reader has them in parts and then as a whole.
 */
final class MeteredInputStream extends FilterInputStream {

  private final BodyMemory.Share memory;

  MeteredInputStream(InputStream in, BodyMemory.Share memory) {
    super(in);
    this.memory = memory;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    take(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] b, int offset, int length) throws IOException {
    int count = super.read(b, offset, length);
    take(Math.max(0, count));
    return count;
  }

  private void take(int bytes) {
    memory.require(2L * bytes);
  }
}
