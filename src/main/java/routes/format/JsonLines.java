package routes.format;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** JSON Lines: one record a line, as it came. */
public final class JsonLines implements ObjectFormat {

  private static final int BUFFER = 64 * 1024;

  private static final int LIKELY_RATIO = 3;

  private final Compression compression;

  public JsonLines(Compression compression) {
    this.compression = compression;
  }

  @Override
  public String suffix() {
    return compression.suffix();
  }

  @Override
  public int likelyRatio() {
    return compression == Compression.NONE ? 1 : LIKELY_RATIO;
  }

  @Override
  public void encode(Content content, OutputStream out) throws IOException {
    try (OutputStream compressed = compressing(out)) {
      content.writeTo(compressed);
    }
  }

  private OutputStream compressing(OutputStream out) throws IOException {
    return switch (compression) {
      case NONE -> out;
      case GZIP -> new FastGzip(out);
      case ZSTD -> new ZstdOutputStream(out, 1);
    };
  }

  private static final class FastGzip extends GZIPOutputStream {

    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
