package routes.http;

import com.github.luben.zstd.Zstd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** The forms an encoded body comes in. */
public enum Encoded {
  GZIP("gzip"),
  ZLIB("deflate"),
  RAW_DEFLATE("deflate"),
  ZSTD("zstd"),
  SNAPPY("snappy");

  private final String header;

  Encoded(String header) {
    this.header = header;
  }

  public String header() {
    return header;
  }

  public byte[] encode(byte[] body) {
    if (this == ZSTD) {
      return Zstd.compress(body);
    }
    if (this == SNAPPY) {
      ByteBuf block = Unpooled.buffer();
      new Snappy().encode(Unpooled.wrappedBuffer(body), block, body.length);
      return ByteBufUtil.getBytes(block);
    }
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try (OutputStream out = around(encoded)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return encoded.toByteArray();
  }

  private OutputStream around(OutputStream out) throws IOException {
    return switch (this) {
      case GZIP -> new GZIPOutputStream(out);
      case ZLIB -> new DeflaterOutputStream(out);
      default -> new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, true));
    };
  }
}
