package routes.inbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The decompressed bytes of a file of one or more gzip members (RFC 1952). It is read onwards; a
 * step back beyond the last read starts again from the beginning.
 */
final class GzipContent implements Content {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final byte[] NOTHING = {};

  private final FileChannel channel;
  private @Nullable GzipMembers members;
  private @Nullable IOException damage;
  private byte[] last = NOTHING;
  private long position;
  private long sizeAtStart;

  GzipContent(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public byte[] read(long from, int atMost) throws IOException {
    if (members == null || from < position - last.length || channel.size() != sizeAtStart) {
      restart();
    }
    while (position < from) {
      if (readOn(NOTHING, (int) Math.min(BUFFER_BYTES, from - position)).length == 0) {
        return NOTHING;
      }
    }
    byte[] known = Arrays.copyOfRange(last, last.length - (int) (position - from), last.length);
    return known.length < atMost
        ? readOn(known, atMost - known.length)
        : Arrays.copyOf(known, atMost);
  }

  @Override
  public long size() {
    return Long.MAX_VALUE;
  }

  @Override
  public @Nullable Remainder remainder() throws IOException {
    return members == null || damage != null ? null : members.remainder(position);
  }

  @Override
  public void close() throws IOException {
    if (members != null) {
      members.close();
    }
    channel.close();
  }

  private void restart() throws IOException {
    if (members != null) {
      members.close();
    }
    members = new GzipMembers(channel);
    sizeAtStart = channel.size();
    position = 0;
    last = NOTHING;
    damage = null;
  }

  /** Reads behind what is known; what was read before the damage is worth having. */
  private byte[] readOn(byte[] known, int more) throws IOException {
    byte[] bytes = Arrays.copyOf(known, known.length + more);
    int end = known.length;
    try {
      for (int read = 0;
          members != null && damage == null && end < bytes.length && read >= 0;
          end += Math.max(0, read)) {
        read = members.read(bytes, end, bytes.length - end);
      }
    } catch (IOException broken) {
      damage = broken;
    }
    if (end == 0 && damage != null) {
      throw damage;
    }
    position += end - known.length;
    last = end < bytes.length ? Arrays.copyOf(bytes, end) : bytes;
    return last;
  }
}
