package routes.envelope;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;

/**
 * The members of one compression that bytes begin with, decompressed as one, as their encoders mean
 * them: a line may begin in one member and end in the next. Ends before the first member that is
 * broken, or with which it would grow too long, and says so.
 */
final class Decompressed {

  private static final int MIN_BUFFER = 4096;
  private static final int LIKELY_RATIO = 8;
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final byte[] in;
  private final int end;
  private final int limit;
  private byte[] out;
  private int at;
  private int length;
  private int begun;
  private boolean tooLarge;
  private @Nullable String fault;

  private Decompressed(ByteSlice bytes, int limit) {
    this.in = bytes.array();
    this.at = bytes.offset();
    this.end = bytes.end();
    this.limit = limit;
    long likely = Math.max(MIN_BUFFER, (long) LIKELY_RATIO * bytes.length());
    this.out = new byte[(int) Math.min(likely, limit)];
  }

  /**
   * Decompresses.
   *
   * @param limit how many bytes it may become
   */
  static Decompressed of(ByteSlice bytes, Compression compression, int limit) {
    Decompressed result = new Decompressed(bytes, limit);
    result.run(compression);
    return result;
  }

  /** What the members before {@link #rest} hold. */
  ByteSlice bytes() {
    return new ByteSlice(out, 0, length);
  }

  /** The same, and of a member that {@link #isTooLarge} what came out of it first. */
  ByteSlice begun() {
    return new ByteSlice(out, 0, tooLarge ? begun : length);
  }

  /** What follows them; begins with the member at which it ended if there is a {@link #fault}. */
  ByteSlice rest() {
    return new ByteSlice(in, at, end - at);
  }

  /** Why the next member cannot be decompressed, or null if none follows. */
  @Nullable String fault() {
    return fault;
  }

  /** Whether it is only too long. */
  boolean isTooLarge() {
    return tooLarge;
  }

  private void run(Compression compression) {
    int good = 0;
    try (Members members = Members.of(compression)) {
      while (Compression.of(rest()) == compression) {
        int next = members.decompress(this);
        at = next;
        good = length;
      }
    } catch (TooLargeException e) {
      tooLarge = true;
      fault = "it grows too long";
    } catch (IOException broken) {
      fault = broken.getMessage();
    }
    begun = length;
    length = good;
  }

  /** Makes room for more output. */
  private void grow() throws TooLargeException {
    if (out.length == limit) {
      throw new TooLargeException();
    }
    out = Arrays.copyOf(out, (int) Math.min(2L * out.length, limit));
  }

  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Decompresses member after member. */
  private interface Members extends AutoCloseable {

    static Members of(Compression compression) {
      return switch (compression) {
        case GZIP -> new Gzip();
        case ZLIB -> new Zlib();
        case ZSTD -> new ZstdFrames();
      };
    }

    /** Decompresses the member that begins at {@code data.at} and answers where it ends. */
    int decompress(Decompressed data) throws IOException;

    @Override
    void close();
  }

  private static int inflate(Inflater inflater, Decompressed data, int from) throws IOException {
    inflater.setInput(data.in, from, data.end - from);
    try {
      while (!inflater.finished()) {
        if (data.length == data.out.length) {
          // Perhaps only the end of the stream is left to be read.
          byte[] one = new byte[1];
          if (inflater.inflate(one) == 1) {
            data.grow();
            data.out[data.length++] = one[0];
          }
        } else {
          data.length += inflater.inflate(data.out, data.length, data.out.length - data.length);
        }
        if (inflater.needsDictionary()) {
          throw new IOException("it needs a dictionary");
        }
        if (inflater.needsInput() && !inflater.finished()) {
          throw new IOException("it is cut off");
        }
      }
    } catch (DataFormatException broken) {
      throw new IOException(broken.getMessage(), broken);
    }
    return data.end - inflater.getRemaining();
  }

  private static final class Zlib implements Members {

    private final Inflater inflater = new Inflater();

    @Override
    public int decompress(Decompressed data) throws IOException {
      inflater.reset();
      return inflate(inflater, data, data.at);
    }

    @Override
    public void close() {
      inflater.end();
    }
  }

  private static final class Gzip implements Members {

    private final Inflater inflater = new Inflater(true);

    @Override
    public int decompress(Decompressed data) throws IOException {
      int before = data.length;
      inflater.reset();
      int trailer = inflate(inflater, data, afterHeader(data));
      if (data.end - trailer < TRAILER_BYTES) {
        throw new IOException("it is cut off");
      }
      CRC32 crc = new CRC32();
      crc.update(data.out, before, data.length - before);
      if ((int) crc.getValue() != littleEndian(data.in, trailer)) {
        throw new IOException("its checksum is another");
      }
      if (data.length - before != littleEndian(data.in, trailer + Integer.BYTES)) {
        throw new IOException("its length is another");
      }
      return trailer + TRAILER_BYTES;
    }

    private static int afterHeader(Decompressed data) throws IOException {
      byte[] in = data.in;
      int end = data.end;
      if (end - data.at < HEADER_BYTES) {
        throw new IOException("it is cut off");
      }
      if (in[data.at + 2] != 8) {
        throw new IOException("it is no deflate but method " + in[data.at + 2]);
      }
      int flags = in[data.at + 3];
      int next = data.at + HEADER_BYTES;
      if ((flags & EXTRA) != 0 && next + 2 <= end) {
        next += 2 + (in[next] & 0xff) + ((in[next + 1] & 0xff) << 8);
      }
      for (int text : new int[] {NAME, COMMENT}) {
        if ((flags & text) != 0) {
          while (next < end && in[next] != 0) {
            next++;
          }
          next++;
        }
      }
      next += (flags & HEADER_CRC) == 0 ? 0 : 2;
      if (next >= end) {
        throw new IOException("it is cut off");
      }
      return next;
    }

    private static int littleEndian(byte[] b, int i) {
      return (b[i] & 0xff) | (b[i + 1] & 0xff) << 8 | (b[i + 2] & 0xff) << 16 | b[i + 3] << 24;
    }

    @Override
    public void close() {
      inflater.end();
    }
  }

  /** At once instead of as a stream, so that a frame has no say about memory for its window. */
  private static final class ZstdFrames implements Members {

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();

    @Override
    public int decompress(Decompressed data) throws IOException {
      try {
        int size = (int) Zstd.findFrameCompressedSize(data.in, data.at, data.end - data.at);
        while (!fits(data, size)) {
          data.grow();
        }
        return data.at + size;
      } catch (ZstdException broken) {
        throw new IOException(broken.getMessage(), broken);
      }
    }

    private boolean fits(Decompressed data, int size) {
      int room = data.out.length - data.length;
      try {
        data.length +=
            context.decompressByteArray(data.out, data.length, room, data.in, data.at, size);
        return true;
      } catch (ZstdException e) {
        if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
          return false;
        }
        throw e;
      }
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
