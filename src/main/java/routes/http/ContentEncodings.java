package routes.http;

import com.github.luben.zstd.ZstdInputStream;
import com.google.errorprone.annotations.ThreadSafe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the {@code Content-Encoding} of bodies (RFC 9110, section 8.4): gzip, deflate, zstd and
 * snappy; and gzip where the header was forgotten, as no body taken here starts like it. What a
 * body grows to is bounded, alone and together with all others.
 */
@ThreadSafe
public final class ContentEncodings {

  /** For the header that says so. */
  static final String ACCEPTED = "gzip, deflate, zstd, snappy";

  /** 8 MiB, what a zstd decoder for HTTP must support and need not exceed (RFC 9659). */
  private static final int MAX_ZSTD_WINDOW_LOG = 23;

  private final int maxBytes;

  /**
   * @param maxBytes the longest body, decompressed
   */
  public ContentEncodings(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * The body as it was before it was encoded.
   *
   * @param encoding the header's value; null = none
   * @param memory takes what the body grows to
   * @throws MalformedBodyException when the body is not encoded so
   * @throws HttpProblem 415 for any other encoding, and for several; 413 when the body grows too
   *     long; 429 when there is no memory for it now
   */
  public Segments decode(byte[] body, @Nullable String encoding, BodyMemory.Share memory) {
    String name = name(encoding, body);
    try {
      return switch (name) {
        case "identity" -> Segments.of(body, memory);
        case "gzip", "x-gzip" -> gunzip(body, memory);
        case "deflate" -> inflate(body, memory);
        case "zstd" -> unzstd(body, memory);
        case "snappy" -> unsnappy(body, memory);
        default ->
            throw HttpProblem.unsupported(
                "Content-Encoding must be one of " + ACCEPTED + ", identity");
      };
    } catch (IOException malformed) {
      throw new MalformedBodyException(
          "The body is not valid %s: %s".formatted(name, reason(malformed)));
    }
  }

  private static String reason(IOException malformed) {
    return Objects.requireNonNullElse(malformed.getMessage(), "it ends too early");
  }

  /** Whether a body is not what it was before it was encoded. */
  public static boolean isEncoded(Segments body, @Nullable String encoding) {
    return !name(encoding, body.start()).equals("identity");
  }

  private static String name(@Nullable String encoding, byte[] body) {
    String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    if (!name.isEmpty() && !name.equals("identity")) {
      return name;
    }
    return startsLikeGzip(body) ? "gzip" : "identity";
  }

  /** RFC 1952, section 2.3.1. */
  private static boolean startsLikeGzip(byte[] body) {
    return body.length >= 2 && body[0] == 0x1f && body[1] == (byte) 0x8b;
  }

  private Segments gunzip(byte[] body, BodyMemory.Share memory) throws IOException {
    try (WholeGzip gzip = new WholeGzip(body)) {
      Segments decoded = read(gzip, memory);
      gzip.requireEnd();
      return decoded;
    }
  }

  /** The zlib format by the standard, but some senders leave its two header bytes out. */
  private Segments inflate(byte[] body, BodyMemory.Share memory) throws IOException {
    boolean zlib =
        body.length >= 2
            && (body[0] & 0x0f) == 8
            && ((body[0] & 0xff) << 8 | (body[1] & 0xff)) % 31 == 0;
    Inflater inflater = new Inflater(!zlib);
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(body), inflater)) {
      Segments decoded = read(in, memory);
      if (inflater.getBytesRead() < body.length) {
        throw new IOException("something follows its end");
      }
      return decoded;
    } finally {
      inflater.end();
    }
  }

  private Segments unzstd(byte[] body, BodyMemory.Share memory) throws IOException {
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(body))) {
      in.setLongMax(MAX_ZSTD_WINDOW_LOG);
      return read(in, memory);
    }
  }

  private Segments unsnappy(byte[] body, BodyMemory.Share memory) throws IOException {
    long length = SnappyBlock.length(body);
    if (length > maxBytes) {
      throw tooLarge();
    }
    memory.require(length);
    return Segments.held(SnappyBlock.decode(body, (int) length), memory);
  }

  private HttpProblem tooLarge() {
    return HttpProblem.tooLarge("The body decompresses to more than %s bytes".formatted(maxBytes));
  }

  private Segments read(InputStream in, BodyMemory.Share memory) throws IOException {
    Segments decoded = new Segments(memory);
    if (!decoded.addAll(in, maxBytes)) {
      throw tooLarge();
    }
    return decoded;
  }
}
