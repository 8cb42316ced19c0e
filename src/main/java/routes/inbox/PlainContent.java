package routes.inbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** The bytes of a file as they are. */
final class PlainContent implements Content {

  private final FileChannel channel;

  PlainContent(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public byte[] read(long position, int atMost) throws IOException {
    long left = Math.max(0, channel.size() - position);
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(atMost, left));
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, position + buffer.position());
    }
    return buffer.hasRemaining()
        ? Arrays.copyOf(buffer.array(), buffer.position())
        : buffer.array();
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
