package routes.http;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses a body of one or more gzip members (RFC 1952) that must fill it to its end. The body
 * is its own buffer, so that it is not in memory twice.
 */
final class WholeGzip extends GZIPInputStream {

  private static final int TRAILER_BYTES = 8;

  private final byte[] body;

  WholeGzip(byte[] body) throws IOException {
    super(new ByteArrayInputStream(body), 1);
    this.body = body;
  }

  /** Hands on all that follows the header of the first member, which the class above has read. */
  @Override
  protected void fill() throws IOException {
    int left = in.available();
    if (left == 0) {
      throw new EOFException("it ends too early");
    }
    in.skipNBytes(left);
    buf = body;
    len = body.length;
    inf.setInput(body, body.length - left, left);
  }

  /**
   * To be called once all is read: the class above takes what follows a member and is none for
   * padding, but it could be records.
   */
  void requireEnd() throws IOException {
    if (inf.getRemaining() > TRAILER_BYTES) {
      throw new IOException("something follows its end");
    }
  }
}
