package routes.local.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Takes apart a body in AWS's own chunks, signed or not: each begins with its size in hexadecimal
 * digits, the last is empty, and trailers may follow. Signatures are not looked at.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Signature
 *     calculations for a body in chunks</a>
 */
final class ChunkedBody {

  /** Where the data goes. */
  interface Sink {
    void write(byte[] bytes, int offset, int length) throws IOException;
  }

  /** What comes next. */
  private enum Next {
    SIZE,
    DATA,
    END_OF_DATA,
    TRAILER,
    NOTHING
  }

  private static final int MAX_LINE_BYTES = 4096;

  private final Sink sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Map<String, String> trailers = new HashMap<>();
  private Next next = Next.SIZE;
  private long left;

  ChunkedBody(Sink sink) {
    this.sink = sink;
  }

  static boolean is(S3Request request) {
    String content = request.header("x-amz-content-sha256");
    return content != null && content.startsWith("STREAMING-");
  }

  void write(byte[] bytes) throws IOException {
    int at = 0;
    while (at < bytes.length) {
      if (next == Next.DATA) {
        int length = (int) Math.min(left, bytes.length - at);
        sink.write(bytes, at, length);
        at += length;
        left -= length;
        if (left == 0) {
          next = Next.END_OF_DATA;
        }
      } else if (bytes[at++] == '\n') {
        read(line.toString(StandardCharsets.UTF_8).strip());
        line.reset();
      } else if (line.size() < MAX_LINE_BYTES) {
        line.write(bytes[at - 1]);
      } else {
        throw malformed("a line of it is longer than " + MAX_LINE_BYTES + " bytes");
      }
    }
  }

  /**
   * What came behind the data, by names in small letters.
   *
   * @throws S3Exception when the body ended before its last chunk
   */
  Map<String, String> trailers() {
    if (next != Next.TRAILER && next != Next.NOTHING) {
      throw malformed("it ends before its last chunk");
    }
    if (line.size() > 0) {
      read(line.toString(StandardCharsets.UTF_8).strip());
    }
    return trailers;
  }

  private void read(String text) {
    switch (next) {
      case SIZE -> {
        left = size(text);
        next = left == 0 ? Next.TRAILER : Next.DATA;
      }
      case END_OF_DATA -> {
        if (!text.isEmpty()) {
          throw malformed("a chunk is longer than it says");
        }
        next = Next.SIZE;
      }
      case TRAILER -> {
        int colon = text.indexOf(':');
        if (colon > 0) {
          trailers.put(
              text.substring(0, colon).strip().toLowerCase(Locale.ROOT),
              text.substring(colon + 1).strip());
        } else if (text.isEmpty()) {
          next = Next.NOTHING;
        } else {
          throw malformed("'%s' is no trailer".formatted(Xml.printable(text)));
        }
      }
      case DATA, NOTHING -> {
        if (!text.isEmpty()) {
          throw malformed("there is something behind its end");
        }
      }
    }
  }

  private static long size(String text) {
    int end = text.indexOf(';');
    try {
      long size = Long.parseLong(end < 0 ? text : text.substring(0, end).strip(), 16);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException none) {
      // Told below.
    }
    throw malformed("'%s' is no size of a chunk".formatted(Xml.printable(text)));
  }

  private static S3Exception malformed(String reason) {
    return S3Exception.invalid("IncompleteBody", "The body is not in AWS's chunks: " + reason);
  }
}
