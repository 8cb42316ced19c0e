package routes.inbox;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses the gzip members of a file (RFC 1952) one after the other and tells where they end.
 * {@link java.util.zip.GZIPInputStream} takes whatever follows a member for its end. For one thread
 * at a time.
 */
final class GzipMembers implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int HEADER_CRC = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int AFTER_FLAGS = 6;
  private static final int[] START = {0x1f, 0x8b, 8};

  private final FileChannel channel;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;

  /** Where in the file the byte after the buffer's last one lies. */
  private long readUpTo;

  private boolean inMember;
  private long memberStart;
  private long membersEnd;
  private long padding;

  GzipMembers(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * The next decompressed bytes.
   *
   * @return how many, or -1 where no member begins
   * @throws EOFException when a member is cut off
   * @throws ZipException when a member is damaged
   */
  int read(byte[] into, int at, int length) throws IOException {
    while (inMember || begin()) {
      int inflated = inflate(into, at, length);
      if (inflated > 0) {
        checksum.update(into, at, inflated);
        return inflated;
      }
      if (inflater.finished()) {
        from = to - inflater.getRemaining();
        endMember();
      } else if (inflater.needsDictionary()) {
        throw damaged("asks for a dictionary");
      } else {
        from = to;
        require();
        inflater.setInput(buffer, from, to - from);
      }
    }
    return -1;
  }

  /** What lies behind the last member, or null for nothing; to be asked where no member begins. */
  @Nullable Remainder remainder(long contentEnd) throws IOException {
    long length = channel.size() - membersEnd;
    return length == 0 ? null : new Remainder(contentEnd, membersEnd, length, length == padding);
  }

  @Override
  public void close() {
    inflater.end();
  }

  /** Passes over a member's header; no where there is none. */
  private boolean begin() throws IOException {
    from = 0;
    to = 0;
    readUpTo = membersEnd;
    padding = 0;
    while (fill() && buffer[from] == 0) {
      from++;
      padding++;
    }
    memberStart = membersEnd + padding;
    checksum.reset();
    for (int expected : START) {
      if (!fill() && memberStart == position()) {
        return false;
      }
      if (next() != expected) {
        return false;
      }
    }
    header();
    checksum.reset();
    inflater.reset();
    inflater.setInput(buffer, from, to - from);
    inMember = true;
    return true;
  }

  private void header() throws IOException {
    int flags = next();
    skip(AFTER_FLAGS);
    if ((flags & EXTRA) != 0) {
      skip(twoBytes());
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    int sum = (int) checksum.getValue() & 0xffff;
    if ((flags & HEADER_CRC) != 0 && twoBytes() != sum) {
      throw damaged("has a header with another checksum");
    }
  }

  private void endMember() throws IOException {
    long sum = checksum.getValue();
    long size = inflater.getBytesWritten() & 0xffffffffL;
    if (fourBytes() != sum || fourBytes() != size) {
      throw damaged("has another checksum or length than it says");
    }
    inMember = false;
    membersEnd = position();
  }

  private int inflate(byte[] into, int at, int length) throws ZipException {
    try {
      return inflater.inflate(into, at, length);
    } catch (DataFormatException broken) {
      throw damaged("is damaged: " + broken.getMessage());
    }
  }

  private long fourBytes() throws IOException {
    return twoBytes() | (long) twoBytes() << Short.SIZE;
  }

  private int twoBytes() throws IOException {
    return next() | next() << Byte.SIZE;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // up to the NUL that ends it
    }
  }

  private int next() throws IOException {
    require();
    int b = buffer[from++] & 0xff;
    checksum.update(b);
    return b;
  }

  private void require() throws IOException {
    if (!fill()) {
      throw new EOFException("the gzip member at byte " + memberStart + " is cut off");
    }
  }

  /** Sees to it that there is a byte; no at the end of the file. */
  private boolean fill() throws IOException {
    if (from == to) {
      int read = channel.read(ByteBuffer.wrap(buffer), readUpTo);
      from = 0;
      to = Math.max(0, read);
      readUpTo += to;
    }
    return from < to;
  }

  private long position() {
    return readUpTo - (to - from);
  }

  private ZipException damaged(String how) {
    return new ZipException("the gzip member at byte " + memberStart + " " + how);
  }
}
