package routes.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one message of a gRPC call, out of what is around it: a byte that says whether it is
 * compressed and four with its length. What the call says of its encoding becomes what HTTP says,
 * so that beyond this a call is a request like any other. Not thread-safe.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over HTTP2</a>
 */
final class GrpcCall {

  static final int PREFIX_BYTES = 5;

  /** Those of {@link ContentEncodings} that are the same in gRPC; its snappy has frames. */
  static final List<String> ENCODINGS = List.of("identity", "gzip", "deflate", "zstd");

  private static final String ENCODING = "grpc-encoding";

  private final HttpServerRequest head;
  private final long maxBytes;
  private final Buffer prefix = Buffer.buffer(PREFIX_BYTES);
  private long length;
  private long missing;

  /**
   * No bytes of it yet.
   *
   * @param maxBytes of the message, as it comes
   */
  GrpcCall(HttpServerRequest head, long maxBytes) {
    this.head = head;
    this.maxBytes = maxBytes;
  }

  /** Whether a request is a call. */
  static boolean is(HttpServerRequest head) {
    return head.version() == HttpVersion.HTTP_2 && isType(head.getHeader(HttpHeaders.CONTENT_TYPE));
  }

  /** Whether this is the type of calls; that of gRPC-Web, which only begins like it, is not. */
  private static boolean isType(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.split("[;+]", 2)[0].strip();
    return type.toLowerCase(Locale.ROOT).equals("application/grpc");
  }

  /** How long the message says it is, as it comes; 0 until it has said so. */
  long length() {
    return length;
  }

  /**
   * What of the next bytes is the message's.
   *
   * @throws HttpProblem 413 when it is too long, 400 when more follows it, 415 when it is
   *     compressed in a way that is not understood
   */
  Buffer message(Buffer part) {
    int ofPrefix = Math.min(PREFIX_BYTES - prefix.length(), part.length());
    if (ofPrefix > 0) {
      prefix.appendBuffer(part, 0, ofPrefix);
      if (prefix.length() == PREFIX_BYTES) {
        begin();
      }
    }
    Buffer message = part.slice(ofPrefix, part.length());
    if (message.length() > missing) {
      throw new MalformedBodyException(
          "Something follows the %s bytes that the message says it has".formatted(length));
    }
    missing -= message.length();
    return message;
  }

  /**
   * Nothing follows.
   *
   * @throws MalformedBodyException when something should
   */
  void end() {
    if (prefix.length() < PREFIX_BYTES) {
      throw new MalformedBodyException(
          "The call has no message, but %s of the %s bytes in front of one"
              .formatted(prefix.length(), PREFIX_BYTES));
    }
    if (missing > 0) {
      throw new MalformedBodyException(
          "The message is cut: %s of its %s bytes are missing".formatted(missing, length));
    }
  }

  private void begin() {
    length = prefix.getUnsignedInt(1);
    missing = length;
    if (length > maxBytes) {
      throw RequestBodies.tooLong();
    }
    head.headers().set(HttpHeaders.CONTENT_ENCODING, encoding(prefix.getByte(0)));
  }

  private String encoding(byte compressed) {
    if (compressed == 0) {
      return "identity";
    }
    String encoding = head.getHeader(ENCODING);
    if (compressed != 1 || encoding == null || encoding.equals("identity")) {
      throw new MalformedBodyException(
          "The message begins with %s, which must be 0, or 1 where grpc-encoding says how it is compressed"
              .formatted(compressed & 0xff));
    }
    if (!ENCODINGS.contains(encoding)) {
      throw HttpProblem.unsupported("grpc-encoding must be one of " + String.join(", ", ENCODINGS));
    }
    return encoding;
  }
}
