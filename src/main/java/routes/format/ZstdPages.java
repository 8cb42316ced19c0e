package routes.format;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Packs the pages of a file with zstd, at its fastest level, and unpacks them. Parquet's own way
 * there goes through Hadoop, and to a level other than 3 through classes of Hadoop that are not
 * there.
 */
final class ZstdPages implements CompressionCodecFactory {

  private static final int LEVEL = 1;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return new Compressor();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException(
          "Pages packed with %s; objects of this app have zstd".formatted(codec));
    }
    return new Decompressor();
  }

  @Override
  public void release() {
    // Holds nothing.
  }

  private static byte[] bytesOf(BytesInput input) throws IOException {
    try (InputStream bytes = input.toInputStream()) {
      return bytes.readAllBytes();
    }
  }

  private static final class Compressor implements BytesInputCompressor {

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(Zstd.compress(bytesOf(bytes), LEVEL));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      // Holds nothing.
    }
  }

  private static final class Decompressor implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(Zstd.decompress(bytesOf(bytes), size));
    }

    @Override
    public void decompress(ByteBuffer from, int length, ByteBuffer to, int size) {
      byte[] packed = new byte[length];
      from.get(packed);
      to.put(Zstd.decompress(packed, size));
    }

    @Override
    public void release() {
      // Holds nothing.
    }
  }
}
