package routes.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Decompresses a body of one or more gzip members (RFC 1952) that must fill it to its end. */
final class WholeGzip extends GZIPInputStream {

  private static final int TRAILER_BYTES = 8;

  WholeGzip(byte[] body) throws IOException {
    super(new ByteArrayInputStream(body), Math.max(1, body.length));
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
