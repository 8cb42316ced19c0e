package routes.format;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** What is in an object, unpacked. The bytes decide how, not the name. */
public final class StoredObject {

  private static final int BUFFER = 64 * 1024;

  private StoredObject() {}

  /**
   * The content of an object.
   *
   * @param compression {@code none}, {@code gzip}, {@code zstd} or {@code parquet}
   */
  public record Unpacked(String compression, InputStream in) implements Closeable {

    /** Whether it is as long as it is stored. */
    public boolean isPlain() {
      return compression.equals("none");
    }

    /** Gives back what unpacking took, and leaves open the stream that was given. */
    @Override
    public void close() throws IOException {
      if (in instanceof ParquetLines lines) {
        lines.close();
      }
    }
  }

  /** The lines of an object, as they were before they were packed. */
  public static Unpacked unpack(InputStream packed) throws IOException {
    BufferedInputStream in = new BufferedInputStream(packed, BUFFER);
    in.mark(4);
    byte[] head = in.readNBytes(4);
    in.reset();
    if (Arrays.equals(head, ParquetLines.MAGIC)) {
      return new Unpacked("parquet", ParquetLines.open(in));
    }
    Compression compression = compression(head);
    InputStream unpacked =
        switch (compression) {
          case NONE -> in;
          case GZIP -> new GZIPInputStream(in, BUFFER);
          case ZSTD -> new ZstdInputStream(in);
        };
    return new Unpacked(compression.name().toLowerCase(Locale.ROOT), unpacked);
  }

  /** By the first bytes (RFC 1952, section 2.3.1; RFC 8878, section 3.1.1). */
  private static Compression compression(byte[] head) {
    if (head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
      return Compression.GZIP;
    }
    boolean zstd =
        head.length == 4
            && head[0] == 0x28
            && head[1] == (byte) 0xb5
            && head[2] == 0x2f
            && head[3] == (byte) 0xfd;
    return zstd ? Compression.ZSTD : Compression.NONE;
  }
}
